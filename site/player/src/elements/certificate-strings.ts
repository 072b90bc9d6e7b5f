/** What a certificate says beside the masterclass's own words. */

export const certificateStrings = {
  what: "certificate",
  name: "Your name",
  nameHint: "As it should stand on the certificate. It stays in this browser. Leave it empty to write it by hand.",
  hours: "Learning hours",
  hoursHint: "How long you spent, in your own judgement. Nobody has measured it.",
  print: "Print, or save as PDF",
  notYet: "The certificate is made here when you have completed this masterclass. Still to do:",
  page: "Go through",
  check: "Pass the final check",
} as const;
