import type { MessageKey } from '@waxos/contract/node-link/identities';
import { chatKey } from './chat-key.ts';

/**
 * Which messages the page told of while they were read back. What was read of such a one may be older than what was told
 * live, and told after it would take an edit, a reaction or a deletion back.
 */
export interface Overtaking {
  note: (key: MessageKey) => void;
  /** Now; for `isSince`. */
  mark: () => number;
  isSince: (key: MessageKey, mark: number) => boolean;
}

export const openOvertaking = (): Overtaking => {
  const places = new Map<string, number>();
  let place = 0;
  const nameOf = ({ chat, fromMe, id }: MessageKey): string => `${chatKey(chat)} ${fromMe} ${id}`;
  return {
    note: (key) => {
      place += 1;
      places.set(nameOf(key), place);
    },
    mark: () => place,
    isSince: (key, mark) => (places.get(nameOf(key)) ?? 0) > mark,
  };
};
