/** As much of a browser window as the adapters and the session touch. */

export interface FakeWindow extends EventTarget {
  location: { href: string; search: string; pathname: string; reload(): void };
  localStorage: Storage;
  sessionStorage: Storage;
  [name: string]: unknown;
}

export function storage(): Storage {
  const items = new Map<string, string>();
  const methods = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
    clear: () => items.clear(),
  };
  // Real storages list their keys as properties.
  return new Proxy(methods as unknown as Storage, {
    ownKeys: () => [...items.keys()],
    get: (target, key) => items.get(String(key)) ?? (Reflect.get(target, key) as unknown),
    getOwnPropertyDescriptor: (_target, key) =>
      items.has(String(key)) ? { enumerable: true, configurable: true, value: items.get(String(key)) } : undefined,
  });
}

export const blocked = (): Storage =>
  new Proxy({} as Storage, {
    get: () => {
      throw new DOMException("blocked", "SecurityError");
    },
  });

export function fakeWindow(search = "", parts: Record<string, unknown> = {}): Window & FakeWindow {
  const href = `https://lms.example/content/demo/index.html${search}`;
  const location = { href, search: new URL(href).search, pathname: "/content/demo/index.html", reload() {} };
  const window = Object.assign(new EventTarget(), {
    location,
    history: {
      replaceState(_state: unknown, _title: string, url: string | URL) {
        location.href = new URL(url, location.href).href;
        location.search = new URL(location.href).search;
      },
    },
    document: { querySelector: () => null },
    localStorage: storage(),
    sessionStorage: storage(),
    opener: null,
    // Pauses are short here, and long ones keep no test waiting.
    setTimeout: (run: () => void, after: number) => (after < 1_000 ? setTimeout(run, after / 50) : setTimeout(run, after).unref()),
    clearTimeout: (timer: NodeJS.Timeout) => clearTimeout(timer),
    ...parts,
  });
  return Object.assign(window, { parent: parts.parent ?? window, top: parts.top ?? window }) as unknown as Window & FakeWindow;
}
