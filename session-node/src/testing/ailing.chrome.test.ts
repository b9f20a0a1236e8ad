import { inOneChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import type { Phone } from '@waxos/sandbox/conformance/testing/phone';
import { openWorld, type World } from '@waxos/sandbox/conformance/testing/world';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepFleet, type KeptSession } from '../fleet/keep-fleet.ts';
import { openLiveSession, type LiveSession } from './live-session.ts';

const messageId = (n: number): string => `3EB0${n.toString(16).toUpperCase().padStart(18, '0')}`;

/** What is known of a browser's handle here. */
interface Handle {
  pages: () => Promise<{ createCDPSession: () => Promise<{ send: (method: string) => Promise<unknown> }> }[]>;
}

inOneChromium((chromium) => {
  let [world, shop, customer, live]: [World, Phone, Phone, LiveSession] = [] as never;
  let said: string[];

  beforeEach(async () => {
    world = await openWorld();
    [shop, customer] = [world.newPhone(), world.newPhone()];
    said = [];
    live = await openLiveSession({ world, phone: shop, chromium, haste: 6 });
    await live.link();
    say('hello');
    await untilAllHeard();
  });
  afterEach(async () => {
    await live?.close();
    await world?.close();
  });

  const say = (text: string): void => {
    said.push(text);
    customer.say(shop.address, text);
  };
  const untilAllHeard = () => live.until(async () => (await live.heard()).length >= said.length, 'all messages');
  const untilState = (state: string) => live.until(async () => (await live.states()).includes(state), state);
  const untilReady = () => live.until(() => live.session.state() === 'ready', 'ready');
  /** Each once, and none missing. */
  const expectComplete = async (): Promise<void> => {
    say('and now?');
    await untilAllHeard();
    expect((await live.heard()).toSorted()).toEqual(said.toSorted());
  };
  const pausePage = async (): Promise<void> => {
    const [page] = await (live.browser().handle as Handle).pages();
    const debug = await page?.createCDPSession();
    await debug?.send('Debugger.enable');
    await debug?.send('Debugger.pause');
  };

  test('a message that gets no tick from the server degrades the session; its page is loaded again, and it is well', async () => {
    world.setFaults({ noServerTick: true });
    await live.command({ type: 'message.send', chat: { kind: 'person', person: { lid: customer.account } }, messageId: messageId(1), content: { kind: 'text', text: 'Is it on?' } });
    await untilState('degraded no_tick');
    say('meanwhile');
    await untilState('reconnecting no_tick');
    world.clearFaults();
    await untilReady();
    await expectComplete();
    expect(live.opened()).toBe(1);
  });

  test('a page that has gone deaf is found by its canary, loaded again, and what it did not hear is told', async () => {
    world.setFaults({ deaf: true });
    for (let n = 0; n < 5; n += 1) say(`unheard ${n}`);
    await untilState('degraded deaf');
    expect(await live.heard()).toEqual(['hello']);
    await untilState('reconnecting deaf');
    world.clearFaults();
    await untilReady();
    await expectComplete();
    expect(live.opened()).toBe(1);
  });

  test('a page that hangs misses its heartbeat and is loaded again; where the browser hangs, that is opened anew', async () => {
    await pausePage();
    say('while the page hangs');
    await untilState('degraded page_stuck');
    await untilState('reconnecting page_stuck');
    await untilReady();
    await expectComplete();
    expect(live.opened()).toBe(1);
    process.kill(live.browser().pid, 'SIGSTOP');
    say('while the browser hangs');
    await live.until(() => live.opened() === 2 && live.session.state() === 'ready', 'another browser');
    await expectComplete();
  });

  test('a session that outgrew its budget is closed cleanly and opened again while messages come, and none is lost', async () => {
    const small = { state: () => 'ready', measureBytes: async () => 50_000_000, isQuiet: () => false, standing: () => ({ activeAt: 0, pressing: false, asleep: false, economy: false }), nudge: () => undefined } satisfies KeptSession;
    const fleet = keepFleet({ budgetBytes: 4e9, ownBytes: () => 0, now: Date.now, random: Math.random, times: { youngestMs: 0 } });
    const grown: KeptSession = { ...live.session, measureBytes: async () => 1_000_000_000 };
    const ended: string[] = [];
    const { browser } = live;
    void browser().gone.then(() => ended.push('gone'));
    await live.until(() => live.session.isQuiet(), 'a quiet moment');
    await fleet.look(new Map([['grown', grown], ...['a', 'b', 'c', 'd'].map((name) => [name, small] as const)]));
    for (let n = 0; n < 20; n += 1) {
      say(`on the way ${n}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await untilState('reconnecting memory');
    await live.until(() => live.opened() === 2 && live.session.state() === 'ready', 'the next browser');
    await expectComplete();
    expect(ended).toEqual(['gone']);
  });

  test('a session that sleeps has no browser; what came meanwhile is there when it wakes, and a message to be sent wakes it', async () => {
    live.session.nudge({ is: 'sleep' });
    await untilState('reconnecting asleep');
    await browserGone();
    say('while it sleeps');
    live.session.nudge({ is: 'wake' });
    await untilReady();
    await expectComplete();
    live.session.nudge({ is: 'sleep' });
    await live.until(() => live.session.standing().asleep, 'its sleep');
    const id = messageId(2);
    await live.command({ type: 'message.send', chat: { kind: 'person', person: { lid: customer.account } }, messageId: id, content: { kind: 'text', text: 'Good morning.' } });
    expect((await customer.untilText(shop.address, 'Good morning.')).key.id).toBe(id);
    await untilReady();
    await expectComplete();
  });

  const browserGone = (): Promise<void> => live.browser().gone;
});
