import { expect, test } from 'vitest';
import { barsOf } from '../thread/contents/waveform-bars.ts';
import { waveformOf } from './waveform.ts';

test('the loudest of 64 bars is 100, and silence is 0', () => {
  const samples = Float32Array.from({ length: 64_000 }, (_, index) => (index < 32_000 ? 0 : 0.25));
  const bars = waveformOf(samples);
  expect(bars).toHaveLength(64);
  expect([bars[0], bars[63]]).toEqual([0, 100]);
  expect(waveformOf(new Float32Array(10))).toEqual(Array.from({ length: 64 }, () => 0));
});

test('bars are drawn so that silence is seen and no peak is lost', () => {
  const drawn = barsOf(Array.from({ length: 64 }, (_, index) => (index === 33 ? 90 : 0)));
  expect(drawn).toHaveLength(40);
  expect(Math.max(...drawn)).toBe(90);
  expect(Math.min(...drawn)).toBeGreaterThan(0);
  expect(barsOf([])).toHaveLength(40);
});
