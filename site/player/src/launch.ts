/**
 * What an LMS puts into the address: who is learning, and often a password. It is read once and moved into the tab's own
 * storage, where a reload finds it; the browser's history, and an address passed on to a colleague, are left without.
 */

import { uuid } from "./uuid.ts";

const NAMES = ["endpoint", "fetch", "auth", "actor", "registration", "activityId", "activity_id", "grouping", "content_endpoint", "content_token", "externalRegistration", "externalConfiguration"];
const MARK = "launch";
const KEY = "masterclass:launch:";

export function launchQuery(window: Window): URLSearchParams {
  const url = new URL(window.location.href);
  const query = new URLSearchParams(url.search);
  try {
    const mark = query.get(MARK);
    if (mark !== null) return new URLSearchParams(window.sessionStorage.getItem(KEY + mark) ?? "");
    if (!query.has("endpoint")) return query;
    const name = uuid();
    window.sessionStorage.setItem(KEY + name, url.search);
    for (const secret of NAMES) url.searchParams.delete(secret);
    url.searchParams.set(MARK, name);
    window.history.replaceState(null, "", url);
  } catch {
    // Storage is blocked: a reload needs the address as it is.
  }
  return query;
}
