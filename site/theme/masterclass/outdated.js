// Shows the banner of an outdated version when an earlier page has found this to be one.
{
  const base = new URL(document.currentScript.dataset.base, location);
  const banner = document.querySelector("[data-md-component=outdated]");
  if (banner && window.__md_get("__outdated", sessionStorage, base) === true) banner.hidden = false;
}
