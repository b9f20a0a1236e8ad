const firstMs = 1_000;
const longestMs = 5 * 60_000;

/** Doubles with each failure, up to five minutes; half of it is chance, so that a fleet does not come back as one. */
export const backOffMs = (failures: number, random: () => number): number => {
  if (failures === 0) return 0;
  const whole = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 20));
  return Math.round(whole / 2 + (whole / 2) * random());
};
