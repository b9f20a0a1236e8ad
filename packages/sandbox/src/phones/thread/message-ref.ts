import type { MessageRef } from '../../acts/message-acts.ts';
import type { ThreadMessage } from '../../network/phone-view.ts';

/** How acts name a message: its author is only said where it is somebody else. */
export function refOf({ key, from }: ThreadMessage): MessageRef {
  const ref = { chat: key.chat, id: key.id };
  return key.fromMe ? ref : { ...ref, author: key.participant ?? from };
}
