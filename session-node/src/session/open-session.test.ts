import { describe, expect, test } from 'vitest';
import { openPretendWorld } from './testing/open-pretend-world.ts';
import { openTestSession, person } from './testing/test-session.ts';
import { openTestTime } from './testing/test-time.ts';

const settings = { kind: 'sandbox', browser: 'headless_shell', economy: false, paced: false, historyDays: 30 } as const;

describe('a session', () => {
  test('shows a QR, is linked by it, and says who it is', async () => {
    const s = await openTestSession();
    await s.command({ type: 'session.start', settings });
    await s.until(() => s.of('session.qr').length === 1, 'a QR');
    s.world.scan();
    await s.until(() => s.session.state() === 'ready' && s.of('session.linked').length === 1, 'ready');
    expect(s.of('session.changed').map(({ state }) => state)).toEqual(['starting', 'qr', 'authenticating', 'syncing', 'ready']);
  });

  test('asks for a code where a number is given, and shows no QR', async () => {
    const s = await openTestSession();
    await s.command({ type: 'session.start', settings, pairWith: '491700000001' });
    await s.until(() => s.of('session.code').length === 1, 'a code');
    expect([s.session.state(), s.of('session.qr')]).toEqual(['pairing', []]);
  });

  test('tells what comes while it is ready, and once', async () => {
    const s = await openTestSession();
    await s.ready();
    const message = s.world.receive(person(1), 'live');
    s.world.tell({ type: 'message.seen', message, source: 'live' });
    await s.until(() => s.texts().length > 0, 'a message');
    expect(s.texts()).toEqual(['live']);
  });

  test('a killed browser is opened again, and what came meanwhile is told once', async () => {
    const s = await openTestSession();
    await s.ready();
    s.world.receive(person(1), 'before');
    await s.until(() => s.texts().length === 1, 'the first');
    s.world.dieBrowser();
    s.world.receive(person(1), 'meanwhile');
    await s.until(() => s.world.pages === 2 && s.texts().length === 2, 'the second');
    expect([s.texts(), s.session.state(), s.world.opened.length]).toEqual([['before', 'meanwhile'], 'ready', 2]);
  });

  test('a dead page is loaded again in the same browser', async () => {
    const s = await openTestSession();
    await s.ready();
    s.world.diePage();
    await s.until(() => s.world.pages === 2 && s.session.state() === 'ready', 'ready again');
    expect(s.world.opened).toHaveLength(1);
  });

  test('a page that hangs is degraded, then loaded again; one that is slow is left alone', async () => {
    const s = await openTestSession();
    await s.ready();
    s.world.hung.add('ping');
    // It answers no ping for a minute, but tells things: it is busy, not stuck.
    for (let i = 0; i < 30; i += 1) {
      s.world.receive(person(1), `busy ${i}`);
      await s.time.pass(2_000);
    }
    expect(s.session.state()).toBe('ready');
    await s.until(() => s.session.state() === 'degraded', 'degraded');
    expect(s.of('session.changed').at(-1)).toMatchObject({ state: 'degraded', reason: 'page_stuck' });
    s.world.hung.clear();
    await s.until(() => s.session.state() === 'ready', 'ready again');
  });

  test('a page that hears nothing is degraded, and loaded again where it stays deaf', async () => {
    const s = await openTestSession();
    await s.ready();
    s.world.hears = false;
    await s.until(() => s.session.state() === 'degraded', 'degraded');
    expect(s.of('session.changed').at(-1)).toMatchObject({ reason: 'deaf' });
    await s.until(() => s.world.pages === 2, 'another page');
    s.world.hears = true;
    await s.until(() => s.session.state() === 'ready', 'ready again');
  });

  test('a full outbox closes the page; when the gateway has caught up the page is back, and nothing is lost', async () => {
    const s = await openTestSession({ outboxBytesMax: 6_000 });
    await s.ready();
    for (let i = 0; i < 40; i += 1) s.world.receive(person(1), `flood ${i}`);
    await s.until(() => s.world.running() === 0, 'the page to be closed');
    s.world.receive(person(1), 'while closed');
    await s.time.pass(60_000);
    expect(s.world.running()).toBe(0);
    const before = s.texts();
    s.outbox.forget((await s.outbox.read(0, 1_000)).at(-1)?.seq ?? 0);
    await s.until(() => s.session.state() === 'ready' && s.texts().length > 0, 'the rest');
    expect([...before, ...s.texts()].toSorted()).toEqual([...Array.from({ length: 40 }, (_, i) => `flood ${i}`), 'while closed'].toSorted());
  });

  test('a device logged out on the phone loses its browser and its profile, and begins anew at the next start', async () => {
    const s = await openTestSession();
    await s.ready();
    s.world.tell({ type: 'ended', how: 'logged_out' });
    await s.until(() => s.session.state() === 'logged_out', 'logged out');
    expect([s.world.running(), s.world.destroyed]).toEqual([0, 1]);
    await s.command({ type: 'session.start', settings });
    await s.until(() => s.session.state() === 'qr', 'a QR');
  });

  test('log out is told to WhatsApp before the profile goes; the same command again does not end the next link', async () => {
    const s = await openTestSession();
    await s.ready();
    const id = await s.command({ type: 'session.log_out' });
    await s.until(() => s.session.state() === 'logged_out', 'logged out');
    expect(s.world.destroyed).toBe(1);
    await s.ready();
    await s.command({ type: 'session.log_out' }, { id });
    await s.time.pass(5_000);
    expect([s.session.state(), s.world.destroyed]).toEqual(['ready', 1]);
  });

  test('a browser that does not close is killed, and stopped is said only then', async () => {
    const s = await openTestSession();
    await s.ready();
    s.world.stubborn = true;
    let stopped = false;
    const stopping = s.session.stop('asked').then(() => {
      stopped = true;
    });
    await s.time.pass(5_000);
    expect([stopped, s.world.running()]).toEqual([false, 1]);
    await s.until(() => stopped, 'stopped');
    await stopping;
    expect([s.session.state(), s.world.running()]).toEqual(['stopped', 0]);
  });

  test('a session that is to be gone at once is, whether it works, closes or still opens', async () => {
    const working = await openTestSession();
    await working.ready();
    working.session.kill('lease_lost');
    await working.until(() => working.session.state() === 'stopped', 'stopped');
    const closing = await openTestSession();
    await closing.ready();
    closing.world.stubborn = true;
    void closing.session.stop('lease_lost');
    closing.session.kill('lease_lost');
    await closing.until(() => closing.session.state() === 'stopped', 'stopped');
    const time = openTestTime();
    const world = openPretendWorld(time);
    const gate = Promise.withResolvers<void>();
    const opening = await openTestSession({ world, door: { open: (wanted) => gate.promise.then(() => world.door.open(wanted)) } }, time);
    await opening.command({ type: 'session.start', settings });
    world.stubborn = true;
    opening.session.kill('lease_lost');
    gate.resolve();
    await opening.until(() => opening.session.state() === 'stopped', 'stopped');
    expect([working.world.running(), closing.world.running(), world.opened.length, world.running()]).toEqual([0, 0, 1, 0]);
    expect(closing.of('session.changed').at(-1)).toMatchObject({ state: 'stopped', reason: 'lease_lost' });
  });

  test('a page that throws at everything, at once and later, ends in failed and throws nothing into the node', async () => {
    const throws = (): never => {
      throw new Error('poison');
    };
    const poison = new Proxy({}, { get: () => throws });
    for (const openDriver of [throws, () => poison as never]) {
      const s = await openTestSession({ openDriver });
      await s.command({ type: 'session.start', settings });
      await s.until(() => s.session.state() === 'failed', 'failed');
      expect(s.world.running()).toBe(0);
      await s.session.stop('asked');
    }
  });

  test('a lease that is held elsewhere fails the session at once, without a second try', async () => {
    const s = await openTestSession({ door: { open: () => Promise.reject(Object.assign(new Error('held'), { name: 'ProfileHeld' })) } });
    await s.command({ type: 'session.start', settings });
    await s.until(() => s.session.state() === 'failed', 'failed');
    expect(s.of('session.changed').at(-1)).toMatchObject({ reason: 'profile_locked' });
  });

  test('a QR after a restart of the node means that the link is gone, where there was one', async () => {
    const s = await openTestSession();
    await s.ready();
    await s.session.stop('asked');
    await s.outbox.close();
    s.world.linked = false;
    const next = await openTestSession({ folder: s.folder, world: s.world }, s.time);
    await next.command({ type: 'session.start', settings });
    await next.until(() => next.session.state() === 'logged_out', 'logged out');
    await next.command({ type: 'session.start', settings });
    await next.until(() => next.session.state() === 'qr', 'a QR');
    expect(s.world.destroyed).toBe(1);
  });

  test('a page that lost what it stored is ready again from an earlier copy, and nobody sees a QR', async () => {
    const s = await openTestSession();
    await s.ready();
    Object.assign(s.world, { linked: false, restorable: true, copyLinked: true });
    s.world.dieBrowser();
    await s.until(() => s.world.replaced === 1 && s.session.state() === 'ready', 'ready again');
    expect([s.world.destroyed, s.of('session.qr')]).toEqual([0, []]);
    expect(s.of('session.changed')).toContainEqual(expect.objectContaining({ state: 'reconnecting', reason: 'profile_lost' }));
  });

  test('a link that is over in the earlier copy too is given up, and its profile destroyed once', async () => {
    const s = await openTestSession();
    await s.ready();
    Object.assign(s.world, { linked: false, restorable: true, copyLinked: false });
    s.world.dieBrowser();
    await s.until(() => s.session.state() === 'logged_out', 'logged out');
    expect([s.world.replaced, s.world.destroyed]).toEqual([1, 1]);
  });

  test('a profile that is lost fails the session at once, and says so', async () => {
    const s = await openTestSession({ door: { open: () => Promise.reject(Object.assign(new Error('lost'), { name: 'ProfileLost' })) } });
    await s.command({ type: 'session.start', settings });
    await s.until(() => s.session.state() === 'failed', 'failed');
    expect(s.of('session.changed').at(-1)).toMatchObject({ reason: 'profile_lost' });
  });

  test('what the gateway knows of the former holder reaches the door', async () => {
    const s = await openTestSession();
    await s.command({ type: 'session.start', settings, ownerDead: true });
    await s.until(() => s.world.opened.length === 1, 'a browser');
    expect(s.world.opened).toMatchObject([{ ownerDead: true }]);
  });

  test('stop leaves no alarm behind', async () => {
    const s = await openTestSession();
    await s.ready();
    await s.session.stop('asked');
    await s.outbox.close();
    expect([s.world.running(), s.time.alarms()]).toEqual([0, 0]);
  });
});
