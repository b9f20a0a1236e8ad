import type { Member } from './mentions.ts';

export interface Draft {
  text: string;
  /** Who was picked from the list of members. */
  picked: readonly Member[];
}

const drafts = new Map<string, Draft>();
export const emptyDraft: Draft = { text: '', picked: [] };

/** What was typed in a chat is still there when it is opened again. */
export const readDraft = (key: string): Draft => drafts.get(key) ?? emptyDraft;

export function keepDraft(key: string, draft: Draft): void {
  if (draft.text === '') drafts.delete(key);
  else drafts.set(key, draft);
}
