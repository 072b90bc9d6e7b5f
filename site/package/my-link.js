// "This is me" and "Not me", told to the server as a page of this site.
const SAID = {
  "me": ["Welcome", "From now on this site keeps your place and your answers. ", "Choose a masterclass"],
  "not-me": ["Thank you", "Nothing was kept, and this link has ended. ", "See the masterclasses"],
};

function forgetWhoWasHere() {
  try {
    localStorage.removeItem("masterclass:actor");
    for (const key of Object.keys(localStorage)) if (/^masterclass:.*:self-check:[^:]*:answers$/.test(key)) localStorage.removeItem(key);
  } catch {
    // blocked: nothing is kept in this browser
  }
}

async function say(answer) {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(`${location.pathname}/${answer}`, { method: "POST", headers, body: "{}" }).catch(() => null);
  if (!response?.ok) {
    document.querySelector("[data-status]").textContent = response
      ? "This link is no longer good. Ask the people who sent it for a new one."
      : "The site does not answer. Try again in a moment.";
    return;
  }
  // Somebody else's work in this browser is not this person's.
  if ((await response.json()).other) forgetWhoWasHere();
  const [title, text, link] = SAID[answer];
  const heading = Object.assign(document.createElement("h1"), { textContent: title, tabIndex: -1 });
  const words = document.createElement("p");
  words.append(text, Object.assign(document.createElement("a"), { href: "/", textContent: link }));
  document.querySelector("main").replaceChildren(heading, words);
  document.title = title;
  heading.focus();
}

for (const button of document.querySelectorAll("[data-say]"))
  button.addEventListener("click", () => void say(button.dataset.say));
