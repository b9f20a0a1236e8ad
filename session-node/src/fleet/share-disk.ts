import type { OutboxShare } from '../session/outbox/open-outbox.ts';

/** What the outboxes of a node may take of its disk together. */
export interface DiskShare {
  open: () => OutboxShare;
}

/**
 * While there is room each device may fill its outbox. Past it, each has the same share and no more: a gateway that takes
 * nothing for one busy device does not stop the others from hearing.
 */
export const shareDisk = (bytesMax: number): DiskShare => {
  const waiting = new Map<OutboxShare, number>();
  const all = (): number => [...waiting.values()].reduce((sum, bytes) => sum + bytes, 0);
  return {
    open: () => {
      const share: OutboxShare = {
        note: (bytes) => void waiting.set(share, bytes),
        bytesMax: () => (all() <= bytesMax ? Infinity : bytesMax / Math.max(1, waiting.size)),
        close: () => void waiting.delete(share),
      };
      waiting.set(share, 0);
      return share;
    },
  };
};
