import { create } from 'qrcode';
import { expect, test } from 'vitest';
import { drawModules } from './qr-path.ts';

/** Fills the rectangles of a path back into a grid. */
function paint(path: string, size: number): number[] {
  const grid = Array.from({ length: size * size }, () => 0);
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let step = 0; step < Number(width); step += 1) grid[Number(y) * size + Number(x) + step] = 1;
  }
  return grid;
}

test('the drawing has exactly the dark modules of the code', () => {
  const { size, data } = create('otpauth://totp/Waxos:ana%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=Waxos').modules;
  expect(paint(drawModules(size, data), size)).toEqual(Array.from(data, (module) => (module ? 1 : 0)));
});

test('runs at both edges of a row are closed within it', () => {
  expect(drawModules(2, [1, 0, 0, 1])).toBe('M0 0h1v1h-1zM1 1h1v1h-1z');
  expect(drawModules(2, [1, 1, 1, 1])).toBe('M0 0h2v1h-2zM0 1h2v1h-2z');
});
