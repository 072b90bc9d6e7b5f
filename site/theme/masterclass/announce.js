// A banner the visitor has dismissed stays away.
{
  const banner = document.querySelector("[data-md-component=announce]");
  const text = banner?.querySelector(".md-typeset")?.innerHTML;
  if (text !== undefined && window.__md_hash(text) === window.__md_get("__announce")) banner.hidden = true;
}
