/** A course's own ids are checked by the build, so a lookup by one of them cannot miss. */
export function known<T>(found: T | undefined): T {
  if (found === undefined) throw new Error("course.json names something it does not define");
  return found;
}
