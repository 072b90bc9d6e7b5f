// Deletes what the site keeps about a learner, and then what this browser keeps.
const button = document.querySelector("[data-forget]");
const status = document.querySelector("[data-forget-status]");

async function forget() {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch("../forget", { method: "POST", headers, body: "{}" }).catch(() => null);
  if (!response?.ok) {
    status.textContent = "The site does not answer, so nothing was deleted. Try again in a moment.";
    return;
  }
  for (const key of Object.keys(localStorage)) if (key.startsWith("masterclass:")) localStorage.removeItem(key);
  const heading = Object.assign(document.createElement("h1"), { textContent: "Your data has been deleted", tabIndex: -1 });
  const words = Object.assign(document.createElement("p"), {
    textContent: "This site keeps nothing about you any more, and neither does this browser.",
  });
  document.querySelector("main").replaceChildren(heading, words);
  document.title = heading.textContent;
  heading.focus();
}

button.addEventListener("click", forget);
