import type { ThreadMessage } from '../../network/phone-view.ts';
import { keyOf } from '../state/merge-thread.ts';
import { sameDay } from '../words/times.ts';

export type Line =
  | { as: 'day'; key: string; at: number }
  | { as: 'unread'; key: string; count: number }
  | { as: 'notice'; key: string; message: ThreadMessage }
  /** `first` of a run of one author bears the name, `last` the corner. */
  | { as: 'message'; key: string; message: ThreadMessage; album: ThreadMessage[]; first: boolean; last: boolean };

const runSeconds = 300;

const authorOf = ({ key, from }: ThreadMessage): string => (key.fromMe ? 'me' : (key.participant ?? from));

/** Where the first unread one stands: as many incoming messages from the end as are unread. */
function firstUnread(messages: readonly ThreadMessage[], unread: number): string | undefined {
  if (unread <= 0) return undefined;
  const incoming = messages.filter(({ key, content }) => !key.fromMe && content.kind !== 'notice');
  const first = incoming.at(-Math.min(unread, incoming.length));
  return first === undefined ? undefined : keyOf(first);
}

export function groupMessages(messages: readonly ThreadMessage[], unread = 0): Line[] {
  const heads = new Set(messages.filter(({ content }) => content.kind === 'album').map(({ key }) => key.id));
  const albums = Map.groupBy(messages, (message) => albumOf(message, heads) ?? '');
  const shown = messages.filter((message) => albumOf(message, heads) === undefined && !isEmptyAlbum(message, albums));
  const unreadKey = firstUnread(messages, unread);
  const lines: Line[] = [];
  for (const [index, message] of shown.entries()) {
    const before = shown[index - 1];
    const key = keyOf(message);
    if (before === undefined || !sameDay(before.at, message.at)) lines.push({ as: 'day', key: `day ${key}`, at: message.at });
    if (key === unreadKey) lines.push({ as: 'unread', key: 'unread', count: unread });
    if (message.content.kind === 'notice') lines.push({ as: 'notice', key, message });
    else {
      const first = lines.at(-1)?.as !== 'message' || before === undefined || !sameRun(before, message);
      const previous = lines.at(-1);
      if (!first && previous?.as === 'message') previous.last = false;
      lines.push({ as: 'message', key, message, album: albums.get(message.key.id) ?? [], first, last: true });
    }
  }
  return lines;
}

const sameRun = (a: ThreadMessage, b: ThreadMessage): boolean => authorOf(a) === authorOf(b) && b.at - a.at < runSeconds;

/** A picture whose album's head is not loaded stands for itself. */
function albumOf({ content }: ThreadMessage, heads: ReadonlySet<string>): string | undefined {
  const album = content.kind === 'image' || content.kind === 'video' ? content.album : undefined;
  return album !== undefined && heads.has(album) ? album : undefined;
}

const isEmptyAlbum = ({ content, key }: ThreadMessage, albums: ReadonlyMap<string, ThreadMessage[]>): boolean => content.kind === 'album' && !albums.has(key.id);
