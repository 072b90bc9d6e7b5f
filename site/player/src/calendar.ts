/** All-day reminders as an iCalendar file (RFC 5545), made in the browser: nobody else learns of them. */

export interface Reminder {
  /** The same each time the file is made, so that a calendar replaces what it has. */
  readonly uid: string;
  /** Of the day: year-month-day. */
  readonly day: string;
  readonly summary: string;
  readonly description: string;
  /** Where the reminder leads; nothing when nobody knows. */
  readonly url: string;
}

/** A content line has at most 75 octets; the rest goes on behind a space (section 3.1). No character is torn. */
const OCTETS = 75;

const escaped = (text: string) => text.replace(/[\\;,]/g, "\\$&").replace(/\r\n|\r|\n/g, "\\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "");

const octets = (text: string) => new TextEncoder().encode(text).length;

function folded(line: string): string {
  const lines: string[] = [];
  let present = "";
  for (const character of line) {
    if (octets(present) + octets(character) > OCTETS) {
      lines.push(present);
      present = " ";
    }
    present += character;
  }
  return [...lines, present].join("\r\n");
}

export const daysAfter = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

const compact = (text: string) => text.replace(/[-:]|\.\d+/g, "");

const event = (stamp: string, { uid, day, summary, description, url }: Reminder): string[] => [
  "BEGIN:VEVENT",
  `UID:${uid}`,
  `DTSTAMP:${stamp}`,
  `DTSTART;VALUE=DATE:${compact(day)}`,
  `DTEND;VALUE=DATE:${compact(daysAfter(day, 1))}`,
  `SUMMARY:${escaped(summary)}`,
  `DESCRIPTION:${escaped(description)}`,
  ...(url ? [`URL:${url}`] : []),
  "TRANSP:TRANSPARENT",
  "BEGIN:VALARM",
  "ACTION:DISPLAY",
  `DESCRIPTION:${escaped(summary)}`,
  "TRIGGER:PT9H",
  "END:VALARM",
  "END:VEVENT",
];

export function calendar(reminders: readonly Reminder[], now: Date): string {
  const stamp = compact(now.toISOString());
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Masterclass//Plan//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
    ...reminders.flatMap((reminder) => event(stamp, reminder)), "END:VCALENDAR"];
  return `${lines.map(folded).join("\r\n")}\r\n`;
}
