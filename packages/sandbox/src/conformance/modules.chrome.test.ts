import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Device } from './testing/device.ts';
import { readRequired } from './testing/read-required.ts';
import { inOneChromium } from './testing/test-chromium.ts';
import { openWorld, type World } from './testing/world.ts';

const required = readRequired();

/** Members that the library looks for and can do without: older builds had the one, newer ones have the other. */
const optional = new Set([
  'WAWebCollections.GroupMetadata',
  'WAWebCollections.NewsletterMetadataCollection',
  // No device of today has a battery.
  'WAWebConnModel.Conn.battery',
  'WAWebConnModel.Conn.plugged',
]);

/** Runs in the page: which of these names it does not answer to. */
const findMissing = `(names) => names.filter(({ module, path }) => {
  try {
    let at = window.require(module);
    if (at === undefined || at === null) return true;
    for (const step of path) {
      if (!(step in Object(at))) return true;
      at = at[step];
    }
    return false;
  } catch {
    return true;
  }
}).map(({ module, path }) => [module, ...path].join('.'))`;

inOneChromium((chromium) => {
  let world: World;
  let device: Device;
  beforeAll(async () => {
    world = await openWorld();
    device = await world.link(world.newPhone(), chromium);
  });
  afterAll(async () => {
    await device.close();
    await world.close();
  });

  test('the page has every module that the library asks for, with every member that it uses', async () => {
    expect(new Set(required.map(({ module }) => module)).size).toBeGreaterThan(100);
    const missing = await device.ask<string[]>(`(${findMissing})(${JSON.stringify(required)})`);
    expect(missing.filter((name) => !optional.has(name))).toEqual([]);
  });

  test('a module that WhatsApp does not have is not there', async () => {
    expect(await device.ask(`(${findMissing})([{ module: 'WAWebNoSuchModule', path: [] }])`)).toEqual(['WAWebNoSuchModule']);
  });
});
