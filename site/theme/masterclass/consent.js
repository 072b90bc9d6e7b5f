// The cookie form, for sites that ask for consent: shows it until answered, keeps the answer, reloads.
{
  const form = document.forms.namedItem("consent");
  const given = window.__md_get("__consent");
  if (given) {
    for (const input of form.elements) if (input.name) input.checked = Boolean(given[input.name]);
  } else if (location.protocol !== "file:") {
    document.querySelector("[data-md-component=consent]").hidden = false;
  }
  const keep = (names) => {
    window.__md_set("__consent", Object.fromEntries(names.map((name) => [name, true])));
    location.hash = "";
    location.reload();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keep([...new FormData(form).keys()]);
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    keep([]);
  });
}
