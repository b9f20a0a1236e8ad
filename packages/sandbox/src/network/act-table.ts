import type { ActName } from '../acts/acts.ts';
import type { Act } from './act.ts';
import { play, read } from './messages/read.ts';
import { send } from './messages/send.ts';
import { setOnline } from './phones/online.ts';

/** Every act there is: a forgotten one does not compile. */
export const actTable: Partial<{ [N in ActName]: Act<N> }> = {
  'message.send': send,
  'message.read': read,
  'message.played': play,
  'phone.online': setOnline,
};
