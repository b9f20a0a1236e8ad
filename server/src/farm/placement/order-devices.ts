import type { WantedDevice } from './snapshot.ts';

interface Ranked {
  device: Pick<WantedDevice, 'id' | 'activeChats' | 'lastActiveAt'>;
}

/** The most important first: those whose chats members have before them, then the lately active. Never equal. */
export const byImportance = ({ device: a }: Ranked, { device: b }: Ranked): number => {
  if (a.activeChats !== b.activeChats) return b.activeChats - a.activeChats;
  if (a.lastActiveAt !== b.lastActiveAt) return b.lastActiveAt - a.lastActiveAt;
  return a.id < b.id ? -1 : 1;
};

export const byUnimportance = (a: Ranked, b: Ranked): number => -byImportance(a, b);
