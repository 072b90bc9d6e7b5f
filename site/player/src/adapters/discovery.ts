/** Finds the object an LMS offers to content: up the frames first, then in the window that opened this one. */

const FRAMES = 12;
const OPENERS = 3;

/** Frames of other origins throw when looked into. */
function look<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

type Api = Readonly<Record<string, (...values: string[]) => unknown>>;

/** Something else may have the name (a frame, an element): an API is known by its first method. */
function upwards(from: Window | undefined | null, name: string, method: string): Api | undefined {
  let frame = from;
  for (let count = 0; frame && count < FRAMES; count++) {
    const here: Window = frame;
    const found = look(() => (here as unknown as Record<string, Api>)[name]);
    if (look(() => found?.[method])) return found;
    const parent = look(() => here.parent);
    if (!parent || parent === here) return undefined;
    frame = parent;
  }
  return undefined;
}

export function findApi(window: Window, name: string, method: string): Api | undefined {
  let opener: Window | null | undefined = window;
  for (let count = 0; opener && count < OPENERS; count++) {
    const here: Window = opener;
    const top = look(() => here.top?.opener as Window | null);
    const found: Api | undefined = upwards(here, name, method) ?? upwards(top, name, method);
    if (found) return found;
    opener = look(() => here.opener as Window | null) ?? top;
  }
  return undefined;
}
