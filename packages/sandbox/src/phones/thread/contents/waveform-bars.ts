const shown = 40;
const least = 12;

/** As many bars as fit, each the loudest of those it stands for; silence is a dot, not nothing. */
export function barsOf(waveform: readonly number[] = []): number[] {
  if (waveform.length === 0) return Array.from({ length: shown }, () => least);
  const each = waveform.length / Math.min(shown, waveform.length);
  return Array.from({ length: Math.min(shown, waveform.length) }, (_, index) => Math.max(least, ...waveform.slice(Math.floor(index * each), Math.max(Math.floor(index * each) + 1, Math.floor((index + 1) * each)))));
}
