import type { Ack } from '@waxos/contract/node-link/contents';
import type { Chat } from '@waxos/contract/node-link/identities';
import { waitFor } from '@waxos/process/poll';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Driver, DriverEvent } from '../../whatsapp/driver.ts';

/** A driver on a page of its own, and the phone behind it; whoever plays them. */
export interface DriverWorld {
  driver: Driver;
  told: DriverEvent[];
  chat: Chat;
  /** A fresh WhatsApp id. */
  messageId: () => string;
  scan: () => Promise<void> | void;
  /** Somebody writes to us in that chat. */
  receive: (text: string) => Promise<void> | void;
  tick: (id: string, ack: Ack) => Promise<void> | void;
  kill: () => Promise<void> | void;
  now: () => number;
}

const timeoutMs = 20_000;

/** A test's view of it. */
interface View {
  ready: () => Promise<DriverWorld>;
  count: (type: DriverEvent['type']) => number;
  texts: () => string[];
  until: (look: () => boolean, what: string) => Promise<unknown>;
}

/** What driver.ts promises, to be held by every driver. */
export const describeDriver = (name: string, open: () => Promise<DriverWorld>): void => {
  describe(`a driver (${name})`, () => {
    let world: DriverWorld;
    const view: View = {
      count: (type) => world.told.filter((event) => event.type === type).length,
      until: (look, what) => waitFor(() => (look() ? true : undefined), { timeoutMs, what }),
      texts: () => world.told.flatMap((event) => (event.type === 'message.seen' && event.message.content.kind === 'text' ? [event.message.content.text] : [])),
      ready: async () => {
        await world.driver.open();
        await view.until(() => view.count('qr') > 0, 'a QR');
        await world.scan();
        await view.until(() => view.count('ready') > 0, 'ready');
        return world;
      },
    };
    beforeEach(async () => {
      world = await open();
    });
    testLink(view);
    testSends(view);
    testReading(view);
  });
};

const testLink = (v: View): void => {
  test('shows a QR, and is ready once after it was scanned', async () => {
    const w = await v.ready();
    expect([v.count('qr') > 0, v.count('ready')]).toEqual([true, 1]);
    expect(await w.driver.hears()).toBe(true);
    await w.driver.ping();
  });

  test('tells a message that comes in once', async () => {
    const w = await v.ready();
    await w.receive('hello');
    await v.until(() => v.texts().length > 0, 'a message');
    await w.driver.ping();
    expect(v.texts()).toEqual(['hello']);
  });
};

const testSends = (v: View): void => {
  test('sends under the id it is given, and finds it again with its ticks', async () => {
    const w = await v.ready();
    await w.receive('hello');
    const id = w.messageId();
    const { at } = await w.driver.send({ chat: w.chat, id, content: { kind: 'text', text: 'answer' }, notAfter: w.now() + 60_000 });
    expect(Math.abs(at - w.now() / 1_000)).toBeLessThan(60);
    await w.tick(id, 3);
    await v.until(() => w.told.some((event) => event.type === 'message.acked' && event.key.id === id && event.ack === 3), 'a tick');
    expect(await w.driver.find(w.chat, id)).toMatchObject({ ack: 3 });
  });

  test('sends nothing that is too late, and says so', async () => {
    const w = await v.ready();
    await w.receive('hello');
    const id = w.messageId();
    await expect(w.driver.send({ chat: w.chat, id, content: { kind: 'text', text: 'late' }, notAfter: w.now() - 60_000 })).rejects.toMatchObject({ name: 'DriverRefusal', reason: 'too_late' });
    expect(await w.driver.find(w.chat, id)).toBeUndefined();
  });
};

const testReading = (v: View): void => {
  test('reads a chat back page by page, oldest first, the newest page first', async () => {
    const w = await v.ready();
    for (const text of ['1', '2', '3']) await w.receive(text);
    await v.until(() => v.texts().length === 3, 'three messages');
    const read = async (page: { since: number; before?: number; limit: number }) => (await w.driver.readBack(w.chat, page)).map(({ content }) => (content.kind === 'text' ? content.text : content.kind));
    expect(await read({ since: 0, limit: 2 })).toEqual(['2', '3']);
    expect(await read({ since: 0, limit: 10 })).toEqual(['1', '2', '3']);
    const [first] = await w.driver.readBack(w.chat, { since: 0, limit: 10 });
    expect(await read({ since: 0, before: first?.at ?? 0, limit: 10 })).toEqual([]);
    expect(await read({ since: 0, before: Math.floor(w.now() / 1_000) + 3_600, limit: 2 })).toEqual(['2', '3']);
    expect(await read({ since: Math.floor(w.now() / 1_000) + 3_600, limit: 10 })).toEqual([]);
    expect((await w.driver.listChanged(0)).map(({ chat }) => chat)).toEqual([expect.objectContaining({ kind: w.chat.kind })]);
  });

  test('throws DriverDead at every call when its browser is gone, and none of them hangs', async () => {
    const w = await v.ready();
    await w.kill();
    const send = w.driver.send({ chat: w.chat, id: w.messageId(), content: { kind: 'text', text: 'x' }, notAfter: w.now() + 60_000 });
    for (const call of [w.driver.ping(), w.driver.hears(), w.driver.find(w.chat, 'X'), w.driver.listChanged(0), send]) await expect(call).rejects.toMatchObject({ name: 'DriverDead' });
  });
};
