import { useCallback, useEffect, useState, type RefObject } from 'react';
import type { AccountView, ThreadMessage } from '../../network/phone-view.ts';
import { useToasts } from '../parts/toasts.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { addressesOf, personName } from '../state/people.ts';
import { useConversation } from '../thread/conversation-context.ts';
import { refOf } from '../thread/message-ref.ts';
import { textOf } from '../thread/text-of.ts';
import { whatMayBeDone } from '../thread/what-may-be-done.ts';
import { emptyDraft, keepDraft, readDraft, type Draft } from './drafts.ts';
import { nameMentions, resolveMentions } from './mentions.ts';
import { useSay } from './use-say.ts';

interface WritingOptions {
  box: RefObject<HTMLTextAreaElement | null>;
  key: string;
  stopped: () => void;
}

export interface Writing {
  draft: Draft;
  change: (draft: Draft) => void;
  insert: (text: string) => void;
  send: () => void;
  /** Lets go of the quote or the edit, else of the chat; what was typed is kept for it. */
  stepOut: () => void;
  editLast: () => boolean;
}

/** The text in the box: a draft, or while a message is edited its new text. */
export function useWriting({ box, key, stopped }: WritingOptions): Writing {
  const { attempt } = useToasts();
  const { phone, perform, closeChat } = usePhone();
  const { chat, thread, quoted, quote, edited, edit } = useConversation();
  const { say } = useSay();
  const [draft, setDraft] = useState(() => readDraft(key));
  const change = useCallback(
    (next: Draft) => {
      setDraft(next);
      if (edited === undefined) keepDraft(key, next);
    },
    [key, edited],
  );
  // The draft steps aside while a message is edited, and comes back.
  const [shownFor, setShownFor] = useState(edited);
  if (shownFor !== edited) {
    setShownFor(edited);
    setDraft(edited === undefined ? readDraft(key) : draftOf(phone, edited));
  }
  useEffect(() => {
    // A phone's own keyboard would come up with the focus, over what one wants to read.
    if (edited !== undefined || quoted !== undefined || matchMedia('(hover: hover)').matches) box.current?.focus();
  }, [box, edited, quoted]);
  const insert = (text: string): void => {
    const at = box.current?.selectionStart ?? draft.text.length;
    change({ ...draft, text: draft.text.slice(0, at) + text + draft.text.slice(at) });
    box.current?.focus();
  };
  const sendEdit = (message: ThreadMessage, text: string, mentions: string[]): void =>
    attempt(async () => {
      await perform('message.edit', { message: refOf(message), text, ...(mentions.length === 0 ? {} : { mentions }) });
      edit(undefined);
    });
  const send = (): void => {
    const { text, mentions } = resolveMentions(draft.text.trim(), draft.picked);
    if (text === '') return;
    stopped();
    // What a refused edit said stays in the box.
    if (edited !== undefined) return sendEdit(edited, text, [...new Set([...mentions, ...(edited.context?.mentions ?? [])])]);
    say({ kind: 'text', text }, mentions);
    change(emptyDraft);
  };
  const stepOut = (): void => {
    if (edited === undefined && quoted === undefined) closeChat();
    else quote(undefined);
  };
  const editLast = (): boolean => {
    const last = thread.messages.findLast((message) => message.key.fromMe && whatMayBeDone({ view: phone, chat, now: Date.now() / 1_000 }, message).edit);
    edit(last);
    return last !== undefined;
  };
  return { draft, change, insert, send, stepOut, editLast };
}

/** What a message says, as it would be typed. */
const draftOf = (view: AccountView, { content, context }: ThreadMessage): Draft =>
  nameMentions(
    textOf(content),
    addressesOf(view, context?.mentions ?? []).map((jid) => ({ jid, name: personName(view, jid) })),
  );
