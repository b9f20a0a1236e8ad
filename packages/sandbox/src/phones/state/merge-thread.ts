import type { ThreadMessage, ThreadPage } from '../../network/phone-view.ts';

export interface LoadedThread {
  messages: readonly ThreadMessage[];
  earlier?: string;
}

export const keyOf = ({ key }: ThreadMessage): string => `${key.participant ?? (key.fromMe ? 'me' : '')} ${key.id}`;

/**
 * The newest page is the truth for the time it covers; above it stays what was loaded before. Where the two do not
 * meet, there is a gap, and the older part is let go: it is loaded again when somebody scrolls there.
 */
export function mergeNewest(before: LoadedThread | undefined, page: ThreadPage): LoadedThread {
  const first = page.messages[0];
  if (before === undefined || first === undefined || page.earlier === undefined) return page;
  const meets = before.messages.findIndex((message) => keyOf(message) === keyOf(first));
  if (meets <= 0) return page;
  const merged = { messages: [...before.messages.slice(0, meets), ...page.messages] };
  return before.earlier === undefined ? merged : { ...merged, earlier: before.earlier };
}

/** A page that was asked for by the cursor of what is loaded. */
export function mergeOlder(before: LoadedThread, page: ThreadPage): LoadedThread {
  const known = new Set(before.messages.map(keyOf));
  const merged = { messages: [...page.messages.filter((message) => !known.has(keyOf(message))), ...before.messages] };
  return page.earlier === undefined ? merged : { ...merged, earlier: page.earlier };
}
