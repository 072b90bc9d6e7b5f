/** Seconds as the standards write them, with at most two decimals (SCORM 2004 refuses three). */

const hundredths = (seconds: number) => Math.round(Math.max(0, seconds) * 100) / 100;

export const isoDuration = (seconds: number): string => `PT${hundredths(seconds)}S`;

/** SCORM 1.2: HHHH:MM:SS.SS, and no more than 9999 hours. */
export function clockDuration(seconds: number): string {
  const all = Math.min(hundredths(seconds), 9999 * 3600);
  const hours = String(Math.floor(all / 3600)).padStart(4, "0");
  const minutes = String(Math.floor((all % 3600) / 60)).padStart(2, "0");
  return `${hours}:${minutes}:${(all % 60).toFixed(2).padStart(5, "0")}`;
}
