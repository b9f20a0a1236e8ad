import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { removeTree } from '../folders/remove-tree.ts';
import { nameUnfinished } from '../homes/session-folders.ts';
import type { ProcessMark } from '../read-processes.ts';
import { copyKept } from './copy-kept.ts';
import { whileHeld } from './hold-still.ts';
import type { Shelf } from './open-shelf.ts';

export interface Kept {
  shelf: Shelf;
  deviceDir: string;
  sessionDir: string;
  epoch: number;
  build: string;
}

/** Of a browser that goes on: it stands still while its files are copied, and no longer. */
export const keepHeld = async (mark: ProcessMark, { shelf, deviceDir, sessionDir, epoch, build }: Kept): Promise<void> => {
  const copy = join(deviceDir, nameUnfinished('held'));
  try {
    if (!(await whileHeld(mark, () => copyKept(sessionDir, copy)))) throw new Error('There is no profile to be kept.');
    await inTurn(() => shelf.add(copy, { epoch, how: 'held', build }));
  } finally {
    await removeTree(copy);
  }
};

/** Of a browser that is gone. */
export const keepAtRest = ({ shelf, sessionDir, epoch, build }: Kept, how: 'closed' | 'held'): Promise<unknown> => inTurn(() => shelf.add(sessionDir, { epoch, how, build }));

/** A node that drains closes many at once; each takes a processor while it is packed. */
const atATime = Math.max(2, availableParallelism());
const waiting: (() => void)[] = [];
let busy = 0;

const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
  if (busy >= atATime) await new Promise<void>((resolve) => waiting.push(resolve));
  else busy += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) busy -= 1;
    else next();
  }
};
