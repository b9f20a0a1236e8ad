import { expect, test } from 'vitest';
import { Collection } from './collection.ts';
import { Model } from './model.ts';

class Lamp extends Model {
  id: string;
  lit = false;
  colour = 'white';
  declare inside?: Model;

  constructor(id: string) {
    super();
    this.id = id;
  }
}

const heardBy = (emitter: { on: (names: string, listener: (...args: unknown[]) => void) => unknown }, names: string): unknown[][] => {
  const heard: unknown[][] = [];
  emitter.on(names, (...args) => heard.push(args));
  return heard;
};

test('a change is told with what is and what was, then once for all of them; what is the same is told to nobody', () => {
  const lamp = new Lamp('1');
  const lit = heardBy(lamp, 'change:lit');
  const any = heardBy(lamp, 'change');
  lamp.set({ lit: true, colour: 'red' });
  lamp.set({ lit: true, colour: 'red' });
  expect(lit).toEqual([[lamp, true, false]]);
  expect(any).toEqual([[lamp]]);
});

test('whoever listens hears of all that was set, not of half of it', () => {
  const lamp = new Lamp('1');
  const seen: string[] = [];
  lamp.on('change:lit', () => seen.push(lamp.colour));
  lamp.set({ lit: true, colour: 'red' });
  expect(seen).toEqual(['red']);
});

test('a collection tells what its models tell, until they leave it', () => {
  const lamps = new Collection<Lamp>();
  const heard = heardBy(lamps, 'change:lit');
  const lamp = lamps.add(new Lamp('1'));
  lamp.set({ lit: true });
  lamps.remove('1');
  lamp.set({ lit: false });
  expect(heard).toEqual([[lamp, true, false]]);
});

test('the same id is added and told once, and is found by its text', () => {
  const lamps = new Collection<Lamp>();
  const added = heardBy(lamps, 'add');
  const first = lamps.add(new Lamp('1'));
  expect(lamps.add(new Lamp('1'))).toBe(first);
  expect(added).toEqual([[first]]);
  expect(lamps.get('1')).toBe(first);
  expect(lamps.get(undefined)).toBeUndefined();
});

test('who listens once hears once, and can leave before', () => {
  const lamp = new Lamp('1');
  let heard = 0;
  const listener = (): void => void (heard += 1);
  lamp.once('change', listener);
  lamp.set({ lit: true });
  lamp.set({ lit: false });
  lamp.once('change', listener);
  lamp.off('change', listener);
  lamp.set({ lit: true });
  expect(heard).toBe(1);
});

test('what leaves the page has neither models nor functions in it', () => {
  const lamp = Object.assign(new Lamp('1'), { inside: new Lamp('2'), press: () => undefined });
  expect(lamp.serialize()).toEqual({ id: '1', lit: false, colour: 'white', inside: { id: '2', lit: false, colour: 'white' } });
});
