// Opens the content tab a visitor chose before (data-link), or the one the address points to.
{
  const select = (input) => {
    if (input) input.checked = true;
  };
  if (document.currentScript.hasAttribute("data-link")) {
    const remembered = window.__md_get("__tabs");
    for (const set of Array.isArray(remembered) ? document.querySelectorAll(".tabbed-set") : []) {
      const labels = [...set.querySelectorAll(":scope > .tabbed-labels > label")];
      const label = remembered.map((name) => labels.find((each) => each.innerText.trim() === name)).find(Boolean);
      if (label) select(document.getElementById(label.htmlFor));
    }
  }
  const target = document.getElementById(location.hash.slice(1));
  if (target?.name?.startsWith("__tabbed_")) select(target);
}
