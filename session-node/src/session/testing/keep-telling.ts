import { appendFileSync } from 'node:fs';
import { openOutbox } from '../outbox/open-outbox.ts';
import { systemTime } from '../time.ts';

// A program of its own, to be killed while it writes. What it says goes to the kernel at once: a pipe would lose some of it.
const [path = '', sayings = ''] = process.argv.slice(2);
const outbox = await openOutbox({ path, device: 'd', epoch: 1, time: systemTime, bytesMax: 1e9 });
let said = 0;
outbox.watch({
  kept: () => {
    // It is called once for each, in their order.
    said += 1;
    const last = said;
    appendFileSync(sayings, `kept ${last}\n`);
    if (last % 3 === 0) {
      appendFileSync(sayings, `forgets ${last - 100}\n`);
      outbox.forget(last - 100);
    }
  },
});
const tell = (): void => {
  for (let i = 0; i < 7; i += 1) outbox.tell({ type: 'send.ended', command: 'x'.repeat(Math.floor(Math.random() * 2_000)), result: { outcome: 'checking', id: 'A' } });
  setImmediate(tell);
};
tell();
