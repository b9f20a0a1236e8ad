import { randomUUID } from 'node:crypto';
import type { PageDoor } from './page-door.ts';
import { hear } from './page-scripts/hear.ts';

interface Canaries {
  heard: (token: string) => void;
  hears: () => Promise<boolean>;
}

/** A token goes the way of a message, from the page's own collection to us; and no message may be there that came unheard. */
export const listenForCanaries = (door: PageDoor): Canaries => {
  const waiting = new Map<string, () => void>();
  return {
    heard: (token) => waiting.get(token)?.(),
    hears: async () => {
      const token = randomUUID();
      const sung = new Promise<true>((resolve) => waiting.set(token, () => resolve(true)));
      let timer: ReturnType<typeof setTimeout> | undefined;
      const silence = new Promise<false>((resolve) => {
        timer = setTimeout(() => resolve(false), door.deadlines.callMs);
      });
      try {
        const { unheard } = await door.run(hear, token);
        return unheard === 0 && (await Promise.race([sung, silence]));
      } finally {
        clearTimeout(timer);
        waiting.delete(token);
      }
    },
  };
};
