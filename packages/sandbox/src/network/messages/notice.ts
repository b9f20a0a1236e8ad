import type { Notice } from '../../wire/stanzas.ts';
import type { Core } from '../core.ts';
import { peekChat } from '../records/network-state.ts';
import { newMessageId } from './send.ts';

/** What a thread tells that nobody has written. */
export const notice = (core: Core, said: { chat: string; author: string; notice: Notice; only?: string }): void => {
  core.happen({ e: 'message.noticed', id: newMessageId(core, said.author, peekChat(core.state, said.chat)), ...said });
};
