import { useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { usePhone } from '../phone/phone-context.ts';
import { useConversation } from '../thread/conversation-context.ts';
import { findMembers, membersOf, putMention, wantedMention, type Member } from './mentions.ts';
import type { Writing } from './use-writing.ts';

interface Mentions {
  found: readonly Member[];
  /** Which of them Enter takes. */
  at: number;
  look: (caret: number) => void;
  pick: (member: Member) => void;
  /** Answers whether the key was for the list. */
  pressed: (event: KeyboardEvent) => boolean;
}

/** In a group an `@` opens the list of its members. */
export function useMentions(box: RefObject<HTMLTextAreaElement | null>, { draft, change }: Writing): Mentions {
  const { phone } = usePhone();
  const { chat } = useConversation();
  const [wanted, setWanted] = useState<string | undefined>(undefined);
  const [at, setAt] = useState(0);
  const caret = useRef<number | undefined>(undefined);
  const members = useMemo(() => membersOf(phone, chat), [phone, chat]);
  const found = wanted === undefined ? [] : findMembers(members, wanted);
  useLayoutEffect(() => {
    if (caret.current !== undefined) box.current?.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  }, [box, draft]);
  const pick = (member: Member): void => {
    const put = putMention(draft.text, box.current?.selectionStart ?? draft.text.length, member.name);
    caret.current = put.caret;
    change({ text: put.text, picked: [...draft.picked.filter(({ jid }) => jid !== member.jid), member] });
    setWanted(undefined);
    box.current?.focus();
  };
  const pressed = (event: KeyboardEvent): boolean => {
    const chosen = found[at] ?? found[0];
    if (chosen === undefined) return false;
    if (event.key === 'ArrowDown') setAt((at + 1) % found.length);
    else if (event.key === 'ArrowUp') setAt((at + found.length - 1) % found.length);
    else if (event.key === 'Enter' || event.key === 'Tab') pick(chosen);
    else if (event.key === 'Escape') setWanted(undefined);
    else return false;
    return true;
  };
  const look = (position: number): void => {
    setWanted(members.length === 0 ? undefined : wantedMention(box.current?.value ?? '', position));
    setAt(0);
  };
  return { found, at, look, pick, pressed };
}
