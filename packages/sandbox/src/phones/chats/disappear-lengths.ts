/** The lengths that WhatsApp offers, in seconds, as texts for a select. */
export const disappearKeys = [
  ['0', 'disappear.off'],
  ['86400', 'disappear.day'],
  ['604800', 'disappear.week'],
  ['7776000', 'disappear.quarter'],
] as const;

export type Disappears = (typeof disappearKeys)[number][0];
