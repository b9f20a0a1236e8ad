import { createContext, use } from 'react';
import type { ChatView, ThreadMessage } from '../../network/phone-view.ts';
import type { ShownThread } from './use-thread.ts';

interface Open {
  chat: ChatView;
  thread: ShownThread;
  /** What the next message answers, or the message that is being changed. */
  quoted: ThreadMessage | undefined;
  edited: ThreadMessage | undefined;
  quote: (message: ThreadMessage | undefined) => void;
  edit: (message: ThreadMessage | undefined) => void;
  /** Chosen, dropped or pasted; looked at before they are sent. */
  files: readonly File[];
  setFiles: (files: readonly File[]) => void;
}

export const ConversationContext = createContext<Open | undefined>(undefined);

export function useConversation(): Open {
  const open = use(ConversationContext);
  if (open === undefined) throw new Error('useConversation was called outside of a conversation.');
  return open;
}
