// Sets the colours before the page is painted: the visitor's choice, else what the device prefers.
{
  const options = [...document.querySelectorAll("input[data-md-color-media]")];
  const preferred = () =>
    options.find(({ dataset }) => dataset.mdColorMedia.includes(":") && matchMedia(dataset.mdColorMedia).matches);
  const chosen = window.__md_get("__palette")?.color;
  const follows = !chosen || chosen.media === "(prefers-color-scheme)";
  const colours = follows ? preferred()?.dataset : undefined;
  for (const key of ["scheme", "primary", "accent"]) {
    const value = colours ? colours[`mdColor${key[0].toUpperCase()}${key.slice(1)}`] : chosen?.[key];
    if (value) document.body.setAttribute(`data-md-color-${key}`, value);
  }
}
