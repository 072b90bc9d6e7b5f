export type Json = Readonly<Record<string, unknown>>;

/** An object somebody else wrote (a launch parameter), or null when it is none. */
export function parsedObject(text: string | null): Json | null {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : null;
  } catch {
    return null;
  }
}
