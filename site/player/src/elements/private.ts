/** What learners write for nobody but themselves: kept in this browser, or on a shared computer only while it is open. */

import type { Session } from "../session.ts";
import { all, make, say } from "./dom.ts";
import { privateStrings as words } from "./private-strings.ts";

/** Chosen once, it holds for everything written in this tab. */
const SHARED = "masterclass:shared";

export interface Private {
  read(): string | null;
  write(text: string): void;
  remove(): void;
  shared(): boolean;
  share(on: boolean): void;
  /** Whether leaving this page loses what is written: nothing keeps it, and the next page is another document. */
  fleeting(): boolean;
  /** What this browser keeps, by name: on a shared computer that is of other pages. What is the learner's own has a dot in its name. */
  elsewhere(): readonly string[];
  forget(names: readonly string[]): void;
  /** What can be said about where it is. */
  where(): string;
}

/** What was chosen in a browser that remembers nothing: it is asked again on every page. */
let chosen = false;
/**
 * What has to be done with each text of this document when the choice changes, by name. It is told by an event of the
 * document: practice.js and tools.js have a copy of this module each, and a page may have blocks of both.
 */
const movers = new Map<string, () => void>();

function isShared(): boolean {
  try {
    return window.sessionStorage.getItem(SHARED) !== null; // another bundle of this page may have set it
  } catch {
    return chosen; // blocked: the choice holds for this page alone
  }
}

function share(on: boolean): void {
  try {
    if (on) window.sessionStorage.setItem(SHARED, "");
    else window.sessionStorage.removeItem(SHARED);
  } catch {
    // blocked: the event below still tells this page
  }
  document.dispatchEvent(new CustomEvent(SHARED, { detail: on }));
}

function follow(event: Event): void {
  chosen = (event as CustomEvent<boolean>).detail;
  movers.forEach((move) => move());
}

/** What is asked of a session; pages without one have a shelf all the same. */
type Keeping = Pick<Session, "kept" | "onSite"> & { readonly opening: Pick<Session["opening"], "learner"> };

export function privately(session: Keeping, name: string): Private {
  const { kept, onSite, opening } = session;
  let refused = !kept.lasting;
  const own: Private = {
    read: () => kept.passing.get(name) ?? (isShared() ? null : kept.read(name)),
    write(text) {
      if (isShared()) return void kept.passing.set(name, text);
      kept.write(name, text);
      refused = !kept.lasting || kept.read(name) !== text;
      // Without it the page would put back the last that could be kept.
      if (refused) kept.passing.set(name, text);
      else kept.passing.delete(name);
    },
    remove() {
      kept.passing.delete(name);
      kept.remove(name);
    },
    shared: isShared,
    share,
    elsewhere: () => kept.names().filter((other) => other.includes(".")),
    forget: (names) => names.forEach((other) => kept.remove(other)),
    fleeting: () => onSite && (isShared() || refused),
    where: () => words.where(isShared() ? "shared" : refused ? "refused" : opening.learner === null ? "tab" : "kept", onSite),
  };
  function move(): void {
    const moves = isShared() ? kept.read(name) !== null : kept.passing.has(name);
    const text = kept.passing.get(name) ?? kept.read(name);
    if (!moves || text === null) return;
    if (isShared()) kept.remove(name);
    own.write(text);
  }
  document.addEventListener(SHARED, follow); // once, however often it is said
  movers.set(name, move);
  move();
  return own;
}

/** Texts by name, as far as there are any: others may write into the browser's storage. */
export function textsIn(found: unknown): Readonly<Record<string, string>> {
  const entries = typeof found === "object" && found !== null ? Object.entries(found) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

export function texts(kept: string | null): Readonly<Record<string, string>> {
  try {
    return textsIn(JSON.parse(kept ?? ""));
  } catch {
    return {}; // nothing was kept, or somebody wrote into the browser's storage
  }
}

/** A question asked in the page, below the button that led to it. */
export function ask(opener: HTMLElement, question: string, yes: string, then: () => void): void {
  all(document, "[data-ask]").forEach((other) => other.remove());
  const close = () => {
    box.remove();
    opener.focus();
  };
  const box = make("div", { class: "ask", role: "group", "aria-label": question, tabindex: "-1", "data-ask": "" },
    make("p", {}, question), button(yes, "yes", () => (close(), then())), " ", button(words.no, "no", close));
  (opener.closest("p") ?? opener).after(box);
  box.focus();
}

export function button(text: string, does: string, pressed: () => void): HTMLButtonElement {
  const made = make("button", { type: "button", "data-does": does }, text);
  made.addEventListener("click", pressed);
  return made;
}

export interface Keeper {
  readonly element: HTMLElement;
  /** Says where it is, now that something was written. */
  tell(): void;
}

/** The line that says where it is, the choice for shared computers, and the button that clears it. */
export function keeper(own: Private, what: string, cleared: () => void): Keeper {
  const status = make("p", { class: "private-status", role: "status", "data-private-status": "" });
  const box = make("input", { type: "checkbox", "data-shared": "" });
  box.checked = own.shared();
  const clear = button(words.clear(what), "clear", () =>
    ask(clear, words.sure(what), words.yes, () => {
      own.remove();
      cleared();
      say(status, words.cleared);
    }));
  const tell = () => say(status, own.where());
  box.addEventListener("change", () => {
    own.share(box.checked);
    tell();
    const others = own.elsewhere();
    if (box.checked && others.length > 0) ask(box, words.elsewhere, words.yes, () => own.forget(others));
  });
  const chosenBeside = () => {
    if (!element.isConnected) return document.removeEventListener(SHARED, chosenBeside);
    box.checked = own.shared();
    if (own.read() !== null) tell();
  };
  document.addEventListener(SHARED, chosenBeside);
  if (own.read() !== null) tell();
  const element = make("div", { class: "private" }, status, make("p", {}, make("label", { class: "tick" }, box, " ", make("span", {}, words.shared))), clear);
  return { element, tell };
}
