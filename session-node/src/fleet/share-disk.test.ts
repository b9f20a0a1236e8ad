import { expect, test } from 'vitest';
import { shareDisk } from './share-disk.ts';

test('a device may take what it needs while there is room, and its share where there is none', () => {
  const disk = shareDisk(1_000);
  const [busy, quiet] = [disk.open(), disk.open()];
  busy.note(900);
  quiet.note(50);
  expect([busy.bytesMax(), quiet.bytesMax()]).toEqual([Infinity, Infinity]);
  busy.note(990);
  expect([busy.bytesMax(), quiet.bytesMax()]).toEqual([500, 500]);
  // The quiet one may still tell, and the room of one that is gone is free again.
  expect(50).toBeLessThan(quiet.bytesMax());
  busy.close();
  expect(quiet.bytesMax()).toBe(Infinity);
});
