import { join } from 'node:path';
import type { Message } from '@waxos/contract/node-link/contents';
import type { SessionEvent } from '@waxos/contract/node-link/events';
import type { Chat } from '@waxos/contract/node-link/identities';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openTestFolder } from '../testing/test-folder.ts';
import { openTestTime } from '../testing/test-time.ts';
import { catchUp } from './catch-up.ts';
import { chatKey } from './chat-key.ts';
import { openOvertaking } from './open-overtaking.ts';
import { openCursorBook } from './open-cursor-book.ts';

const hour = 3_600;
const day = 24 * hour;
const now = 1_777_622_400;
const chatOf = (n: number): Chat => ({ kind: 'person', person: { phone: `49170${String(n).padStart(6, '0')}` } });
const message = (chat: Chat, id: string, more: Partial<Message> = {}): Message => ({ key: { chat, fromMe: false, id }, at: now - hour, content: { kind: 'text', text: id }, ack: 1, ...more });

interface Chats {
  messages: Message[];
  unread: Map<string, number>;
  bad: Set<string>;
  reads: string[];
  /** What happens after the page has made up its answer, and before that is here. */
  meanwhile: () => void;
}

const open = async () => {
  const time = openTestTime(new Date(now * 1_000));
  const path = join(await openTestFolder(), 'cursors');
  let cursors = await openCursorBook({ path, time });
  onTestFinished(() => cursors.close());
  const world: Chats = { messages: [], unread: new Map(), bad: new Set(), reads: [], meanwhile: () => undefined };
  const of = (chat: Chat): Message[] => world.messages.filter(({ key }) => chatKey(key.chat) === chatKey(chat)).toSorted((a, b) => a.at - b.at || (a.order ?? 0) - (b.order ?? 0));
  let told: SessionEvent[] = [];
  const errors: unknown[] = [];
  const overtaking = openOvertaking();
  const run = async (signal = new AbortController().signal) => {
    told = [];
    return catchUp({
      cursors,
      overtaking,
      signal,
      historyDays: 30,
      nowSeconds: () => now,
      kept: () => Promise.resolve(),
      room: () => Promise.resolve(),
      failed: (error) => void errors.push(error) as undefined,
      tell: (event, kept) => {
        told.push(event);
        kept?.();
      },
      driver: {
        listChanged: async (since) => {
          const chats = new Map(world.messages.map(({ key }) => [chatKey(key.chat), key.chat]));
          return [...chats.values()].map((chat) => ({ chat, at: of(chat).at(-1)?.at ?? 0, unread: world.unread.get(chatKey(chat)) ?? 0 })).filter(({ at }) => at >= since);
        },
        readBack: async (chat, { since, before = Number.MAX_SAFE_INTEGER, limit }) => {
          world.reads.push(chatKey(chat));
          if (world.bad.has(chatKey(chat))) throw new Error('a bad chat');
          const page = of(chat)
            .filter(({ at }) => at >= since && at <= before)
            .slice(-limit);
          world.meanwhile();
          return page;
        },
      },
    });
  };
  const restart = async (): Promise<void> => {
    await cursors.close();
    cursors = await openCursorBook({ path, time });
  };
  return { world, run, restart, overtaking, cursors: () => cursors, ids: () => told.flatMap((event) => (event.type === 'message.seen' ? [event.message.key.id] : [])), gaps: () => told.filter((event) => event.type === 'gap.found'), told: () => told, errors };
};

describe('catching up', () => {
  test('what was told once is not told again, also after a restart; what changed is', async () => {
    const t = await open();
    t.world.messages.push(message(chatOf(1), 'a'), message(chatOf(1), 'b'));
    await t.run();
    expect(t.ids()).toEqual(['a', 'b']);
    await t.restart();
    await t.run();
    expect(t.ids()).toEqual([]);
    t.world.messages[0] = message(chatOf(1), 'a', { content: { kind: 'text', text: 'edited' }, editedAt: now });
    t.world.messages[1] = message(chatOf(1), 'b', { ack: 3 });
    await t.run();
    expect(t.ids()).toEqual(['a', 'b']);
  });

  test('a live event that overtook a missed one does not hide it', async () => {
    const t = await open();
    await t.run();
    t.cursors().note(message(chatOf(1), 'live', { at: now + 40 * hour }))?.();
    t.world.messages.push(message(chatOf(1), 'missed', { at: now + hour }), message(chatOf(1), 'live', { at: now + 40 * hour }));
    await t.run();
    expect(t.ids()).toEqual(['missed']);
  });

  test('a reaction that was told live and taken back while nobody listened is told once more, as none', async () => {
    const t = await open();
    t.world.messages.push(message(chatOf(1), 'a', { reactions: [] }), message(chatOf(1), 'b', { reactions: [] }));
    await t.run();
    t.cursors().noteHanging(chatOf(1), 'a')?.();
    await t.restart();
    await t.run();
    expect(t.told()).toMatchObject([{ message: { key: { id: 'a' }, reactions: [] } }]);
    await t.run();
    expect(t.told()).toEqual([]);
  });

  test('a message that was edited live and lost its reactions while nobody listened is told as it is', async () => {
    const t = await open();
    t.world.messages.push(message(chatOf(1), 'a', { reactions: [{ by: { phone: '4917000001' }, emoji: '👍', at: now - hour }] }));
    await t.run();
    const edited = message(chatOf(1), 'a', { content: { kind: 'text', text: 'edited' }, editedAt: now });
    t.cursors().note(edited)?.();
    t.world.messages[0] = { ...edited, reactions: [] };
    await t.run();
    expect(t.told()).toMatchObject([{ message: { content: { text: 'edited' }, reactions: [] } }]);
  });

  test('what was changed live while it was read back is not told again as it was before', async () => {
    const t = await open();
    t.world.messages.push(message(chatOf(1), 'a'), message(chatOf(1), 'b'), message(chatOf(1), 'c'));
    const edited = message(chatOf(1), 'b', { content: { kind: 'text', text: 'edited' }, editedAt: now });
    t.world.meanwhile = () => {
      t.world.messages[1] = edited;
      t.cursors().note(edited)?.();
      t.overtaking.note(edited.key);
      t.world.meanwhile = () => undefined;
    };
    expect(await t.run()).toMatchObject({ told: 2, complete: true });
    expect(t.ids()).toEqual(['a', 'c']);
  });

  test('what a change overtook is read again, so that what was missed of it before is told', async () => {
    const t = await open();
    const missed = [{ by: { phone: '4917000001' }, emoji: '👍', at: now - hour }];
    t.world.messages.push(message(chatOf(1), 'a', { reactions: missed }));
    t.world.meanwhile = () => {
      t.overtaking.note(message(chatOf(1), 'a').key);
      t.world.meanwhile = () => undefined;
    };
    await t.run();
    expect(t.told()).toMatchObject([{ type: 'message.seen', message: { reactions: missed } }]);
    expect(t.world.reads).toHaveLength(2);
  });

  test('one bad chat of 500 is one gap and 499 chats, and is read the next time', async () => {
    const t = await open();
    for (let n = 0; n < 500; n += 1) t.world.messages.push(message(chatOf(n), `m${n}`));
    t.world.bad.add(chatKey(chatOf(250)));
    expect(await t.run()).toMatchObject({ chats: 500, failed: 1, told: 499, complete: true });
    expect(t.gaps()).toEqual([{ type: 'gap.found', chat: chatOf(250), from: expect.any(Number), to: now }]);
    await t.restart();
    t.world.bad.clear();
    await t.run();
    expect([t.ids(), t.gaps(), t.cursors().owed()]).toEqual([['m250'], [], []]);
  });

  test('the unread come first, of those the newest; a chat is told oldest first', async () => {
    const t = await open();
    t.world.messages.push(message(chatOf(1), 'old', { at: now - 5 * hour }), message(chatOf(2), 'new', { at: now - hour }), message(chatOf(3), 'unread 1', { at: now - 9 * hour, order: 1 }), message(chatOf(3), 'unread 2', { at: now - 9 * hour, order: 2 }));
    t.world.unread.set(chatKey(chatOf(3)), 2);
    await t.run();
    expect(t.ids()).toEqual(['unread 1', 'unread 2', 'new', 'old']);
  });

  test('a long chat is read page by page, also where one second holds more than a page', async () => {
    const t = await open();
    for (let n = 0; n < 400; n += 1) t.world.messages.push(message(chatOf(1), `m${n}`, { at: n < 130 ? now - 9 * hour : now - 8 * hour + n, order: n }));
    await t.run();
    expect(t.ids()).toEqual(Array.from({ length: 400 }, (_, n) => `m${n}`));
  });

  test('the phone that holds less than is unread leaves a gap, and says so', async () => {
    const t = await open();
    t.world.messages.push(message(chatOf(1), 'known', { at: now - hour }));
    await t.run();
    t.world.messages = [message(chatOf(1), 'newest', { at: now + day })];
    t.world.unread.set(chatKey(chatOf(1)), 7);
    await t.run();
    expect(t.gaps()).toEqual([{ type: 'gap.found', chat: chatOf(1), from: now - hour, to: now + day }]);
  });

  test('old unread messages that were told leave no gap', async () => {
    const t = await open();
    t.world.messages.push(message(chatOf(1), 'known', { at: now - hour }));
    t.world.unread.set(chatKey(chatOf(1)), 99);
    await t.run();
    t.world.messages.push(message(chatOf(1), 'next', { at: now }));
    await t.run();
    expect([t.ids(), t.gaps()]).toEqual([['next'], []]);
  });

  test('one that was interrupted is not complete: the next one reads as far back', async () => {
    const t = await open();
    t.world.messages.push(message(chatOf(1), 'a', { at: now - 20 * day }), message(chatOf(2), 'b', { at: now - hour }));
    const ending = new AbortController();
    ending.abort();
    expect(await t.run(ending.signal)).toMatchObject({ complete: false });
    expect(t.cursors().completeThrough()).toBeUndefined();
    await t.run();
    expect(t.ids().toSorted()).toEqual(['a', 'b']);
  });

  test('what a killed node had noted but not told is told: a note is written after its telling', async () => {
    const t = await open();
    // Noted in memory; its telling was not on the disk when the node died.
    expect(t.cursors().note(message(chatOf(1), 'a'))).toBeDefined();
    await t.restart();
    t.world.messages.push(message(chatOf(1), 'a'));
    await t.run();
    expect(t.ids()).toEqual(['a']);
  });
});
