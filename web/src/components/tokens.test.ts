import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

// Vitest empties imported style sheets, so this one is read as the file it is.
const tokens = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');

type Theme = 'light' | 'dark';

const pairs = new Map(
  [...tokens.matchAll(/--([a-z-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\)/g)].map(([, name = '', light = '', dark = '']) => [
    name,
    { light, dark },
  ]),
);

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function colour(name: string, theme: Theme): string {
  const pair = pairs.get(name);
  if (pair === undefined) throw new Error(`There is no colour ${name}.`);
  return pair[theme];
}

function contrast(one: string, other: string, theme: Theme): number {
  const [low = 0, high = 0] = [one, other].map((name) => luminance(colour(name, theme))).sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const themes: Theme[] = ['light', 'dark'];
const grounds = ['canvas', 'surface', 'sunken', 'selected', 'out', 'note'];

test('every colour of the design is a pair for light and dark', () => {
  const designed = [...grounds, 'text', 'muted', 'edge', 'accent', 'on-accent', 'danger', 'warn', 'ok'];
  expect(designed.filter((name) => !pairs.has(name))).toEqual([]);
});

test.each(themes)('text and muted text reach 5:1 on every ground, %s', (theme) => {
  const faint = grounds.flatMap((ground) => ['text', 'muted'].filter((text) => contrast(text, ground, theme) < 5).map((text) => `${text} on ${ground}`));
  expect(faint).toEqual([]);
});

test.each(themes)('state colours reach 5:1 where they are written, %s', (theme) => {
  const written = ['accent', 'danger', 'warn', 'ok'].flatMap((name) => ['canvas', 'surface'].map((ground) => [name, ground] as const));
  const onFill = [['on-accent', 'accent'], ['canvas', 'danger']] as const;
  const faint = [...written, ...onFill].filter(([name, ground]) => contrast(name, ground, theme) < 5);
  expect(faint).toEqual([]);
});

test.each(themes)('the edge of a control reaches 3.2:1, %s', (theme) => {
  expect(['canvas', 'surface'].filter((ground) => contrast('edge', ground, theme) < 3.2)).toEqual([]);
});
