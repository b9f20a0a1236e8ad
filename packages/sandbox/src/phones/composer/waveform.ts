const bars = 64;
/** Looking at each sample of an hour's recording would take too long. */
const samplesOfBar = 400;

/** 64 bars of 0 to 100; the loudest one is 100. */
export function waveformOf(samples: Float32Array): number[] {
  const width = samples.length / bars;
  const peaks = Array.from({ length: bars }, (_, bar) => {
    const from = Math.floor(bar * width);
    const to = Math.max(from + 1, Math.floor((bar + 1) * width));
    const step = Math.max(1, Math.floor((to - from) / samplesOfBar));
    let sum = 0;
    let count = 0;
    for (let index = from; index < to; index += step) {
      sum += (samples[index] ?? 0) ** 2;
      count += 1;
    }
    return Math.sqrt(sum / count);
  });
  const loudest = Math.max(...peaks);
  return peaks.map((peak) => (loudest === 0 ? 0 : Math.round((peak / loudest) * 100)));
}
