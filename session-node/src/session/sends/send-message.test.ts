import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openTestFolder } from '../testing/test-folder.ts';
import { messageId, openTestSession, person, sendText, type TestSession } from '../testing/test-session.ts';

const outcomes = (s: TestSession, command?: string) => s.of('send.ended').flatMap(({ command: id, result }) => (command === undefined || id === command ? [result.outcome === 'failed' ? result.reason : result.outcome] : []));
const ended = (s: TestSession, id: string, outcome: string) => s.until(() => outcomes(s, id).includes(outcome as never), outcome);

describe('a message that is sent', () => {
  test('goes out under the id made beforehand, and is told as sent', async () => {
    const s = await openTestSession();
    await s.ready();
    const id = await s.command(sendText(1));
    await ended(s, id, 'sent');
    expect(s.world.sent.map((one) => one.id)).toEqual([messageId(1)]);
  });

  test('is sent once however often its command comes, also after a restart, and its outcome is told again', async () => {
    const s = await openTestSession();
    await s.ready();
    const id = await s.command(sendText(1));
    await s.command(sendText(1), { id });
    await ended(s, id, 'sent');
    await s.session.stop('asked');
    await s.outbox.close();
    const again = await openTestSession({ folder: s.folder, world: s.world }, s.time);
    await again.ready();
    await again.command(sendText(1), { id });
    await ended(again, id, 'sent');
    expect(s.world.sent).toHaveLength(1);
  });

  test('waits for the page, and goes out when it is ready', async () => {
    const s = await openTestSession();
    await s.ready();
    s.world.tell({ type: 'connection', up: false });
    const id = await s.command(sendText(1));
    await s.time.pass(10_000);
    expect(s.world.sent).toEqual([]);
    s.world.tell({ type: 'connection', up: true });
    await ended(s, id, 'sent');
  });

  test('fails by name where the page says no, where nobody is linked, and where its time is over', async () => {
    const s = await openTestSession();
    await ended(s, await s.command(sendText(1)), 'not_ready');
    await s.ready();
    s.world.sends = 'refused';
    await ended(s, await s.command(sendText(2)), 'no_chat');
    s.world.tell({ type: 'connection', up: false });
    await ended(s, await s.command(sendText(3), { deadline: s.time.now().getTime() + 5_000 }), 'too_late');
    expect(s.world.sent).toEqual([]);
  });

  test('never leaves after the lease is over', async () => {
    const s = await openTestSession();
    await s.ready();
    s.lease.until = s.time.now().getTime() - 1;
    await ended(s, await s.command(sendText(1)), 'too_late');
    expect(s.world.sent).toEqual([]);
  });

  test('waits behind the one before it: one at a time', async () => {
    const s = await openTestSession();
    await s.ready();
    s.world.sends = 'stored';
    await s.command(sendText(1));
    await s.command(sendText(2));
    await s.until(() => s.world.sent.length === 1, 'the first');
    await s.time.pass(10_000);
    expect(s.world.sent).toHaveLength(1);
    await s.until(() => s.world.sent.length === 2, 'the second');
  });

  test('is shown as typed and waits like a person where the device is paced', async () => {
    const s = await openTestSession({ paced: true });
    await s.ready();
    const before = s.time.now().getTime();
    await s.command(sendText(1, 'x'.repeat(200)));
    await s.until(() => s.world.sent.length === 1, 'the message');
    expect(s.time.now().getTime() - before).toBeGreaterThan(4_000);
  });

  test('to a stranger waits for its cap, and does not hold up an answer to a customer', async () => {
    const s = await openTestSession({ paced: true });
    await s.ready();
    s.world.receive(person(99), 'hello');
    for (let n = 1; n <= 12; n += 1) await s.command(sendText(n), { deadline: s.time.now().getTime() + 24 * 3_600_000 });
    const late = await s.command(sendText(50));
    await s.until(() => s.world.sent.length === 8, 'the cap');
    const answer = await s.command(sendText(99));
    await ended(s, answer, 'sent');
    await ended(s, late, 'capped');
    expect(s.world.sent.map(({ id }) => id)).toEqual([...Array.from({ length: 8 }, (_, n) => messageId(n + 1)), messageId(99)]);
    await s.time.pass(3_600_000);
    await s.until(() => s.world.sent.length === 13, 'the rest, an hour later');
  });

  test('has the caps of its device, and reactions do not count among them', async () => {
    const s = await openTestSession({ paced: true });
    s.world.linked = true;
    await s.command({ type: 'session.start', settings: { kind: 'sandbox', browser: 'headless_shell', economy: false, paced: true, caps: { hour: 8, day: 40 }, historyDays: 30 } });
    await s.until(() => s.session.state() === 'ready', 'ready');
    s.world.receive(person(1), 'hello');
    for (let n = 0; n < 5; n += 1) await s.command({ type: 'message.react', key: { chat: person(1), fromMe: false, id: 'IN1' }, emoji: String(n) });
    for (let n = 1; n <= 3; n += 1) await s.command({ type: 'message.send', chat: person(1), messageId: messageId(n), content: { kind: 'text', text: `text ${n}` } }, { deadline: s.time.now().getTime() + 24 * 3_600_000 });
    await s.until(() => s.world.sent.length === 2, 'two');
    await s.time.pass(600_000);
    expect(s.world.sent).toHaveLength(2);
    await s.time.pass(3_600_000);
    await s.until(() => s.world.sent.length === 3, 'the third, an hour later');
  });

  test('without a tick in a minute degrades the session, and its tick makes it well', async () => {
    const s = await openTestSession();
    await s.ready();
    s.world.sends = 'waits';
    const id = await s.command(sendText(1));
    await ended(s, id, 'checking');
    await s.until(() => s.session.state() === 'degraded', 'degraded');
    expect(s.of('session.changed').at(-1)).toMatchObject({ reason: 'no_tick' });
    s.world.tick(messageId(1), 1);
    await ended(s, id, 'sent');
    await s.until(() => s.session.state() === 'ready', 'ready');
  });
});

describe('a message whose sending had no answer', () => {
  test('is sent where the page has it with a tick, and not sent again', async () => {
    const s = await openTestSession();
    await s.ready();
    s.world.sends = 'stored';
    const id = await s.command(sendText(1));
    await ended(s, id, 'checking');
    s.world.diePage();
    await ended(s, id, 'sent');
    expect(s.world.sent).toHaveLength(1);
  });

  test('waits where the page has it without a tick', async () => {
    const s = await openTestSession();
    await s.ready();
    s.world.sends = 'waits';
    const id = await s.command(sendText(1));
    await ended(s, id, 'checking');
    s.world.diePage();
    await s.until(() => s.world.pages === 2 && s.session.state() === 'ready', 'ready again');
    const check = await s.command({ type: 'message.check', chat: person(1), messageId: messageId(1) });
    await ended(s, check, 'checking');
    expect(outcomes(s, id)).toEqual(['checking']);
    s.world.tick(messageId(1), 2);
    await ended(s, id, 'sent');
    await ended(s, check, 'sent');
    expect(s.world.sent).toHaveLength(1);
  });

  test('is sent again under the same id where it is absent after a clean stop', async () => {
    const s = await openTestSession();
    await s.ready();
    s.world.sends = 'lost';
    const id = await s.command(sendText(1));
    await s.until(() => s.world.sent.length === 1, 'the message');
    s.world.sends = 'answers';
    s.world.diePage();
    await ended(s, id, 'sent');
    expect(s.world.sent.map((one) => one.id)).toEqual([messageId(1), messageId(1)]);
    // The page's restart alone proves nothing: the browser was closed for it.
    expect(s.world.opened).toHaveLength(2);
  });

  test('is uncertain where it is absent after its browser was killed, and is not sent again', async () => {
    const s = await openTestSession();
    await s.ready();
    s.world.sends = 'lost';
    const id = await s.command(sendText(1));
    await s.until(() => s.world.sent.length === 1, 'the message');
    s.world.sends = 'answers';
    s.world.dieBrowser();
    await ended(s, id, 'uncertain');
    expect(s.world.sent).toHaveLength(1);
  });

  test.each([
    ['stored', 'sent'],
    ['lost', 'uncertain'],
  ] as const)('and whose node was killed meanwhile: what was %s is %s', async (sends, outcome) => {
    const s = await openTestSession();
    await s.ready();
    s.world.sends = sends;
    const id = await s.command(sendText(1));
    await s.until(() => s.world.sent.length === 1, 'the message');
    // As it stands on the disk at this moment: nothing of the first session goes on there.
    const folder = join(await openTestFolder(), 'after');
    await cp(s.folder, folder, { recursive: true });
    await s.session.stop('asked');
    s.world.sends = 'answers';
    const next = await openTestSession({ folder, world: s.world }, s.time);
    await next.ready();
    await ended(next, id, outcome);
    expect(s.world.sent).toHaveLength(1);
  });

  test('and that another node sent is uncertain where it is absent', async () => {
    const s = await openTestSession();
    await s.ready();
    await ended(s, await s.command({ type: 'message.check', chat: person(1), messageId: messageId(9) }), 'uncertain');
    expect(s.world.sent).toEqual([]);
  });
});

describe('a message that was taken and not begun when its session ended', () => {
  /** It waits for a page that has lost its connection. */
  const waiting = async (more: { deadlineMs?: number } = {}): Promise<{ s: TestSession; id: string }> => {
    const s = await openTestSession();
    await s.ready();
    s.world.tell({ type: 'connection', up: false });
    const id = await s.command(sendText(1), { deadline: s.time.now().getTime() + (more.deadlineMs ?? 600_000) });
    return { s, id };
  };

  test('is sent after a clean stop of the node, where the lease is the same', async () => {
    const { s, id } = await waiting();
    await s.session.stop('asked');
    await s.outbox.close();
    const next = await openTestSession({ folder: s.folder, world: s.world }, s.time);
    await next.ready();
    await ended(next, id, 'sent');
    expect(s.world.sent).toHaveLength(1);
  });

  test('is sent after the node was killed, where the lease is the same, and once', async () => {
    const { s, id } = await waiting();
    const folder = join(await openTestFolder(), 'after');
    await cp(s.folder, folder, { recursive: true });
    await s.session.stop('asked');
    await s.outbox.close();
    const next = await openTestSession({ folder, world: s.world }, s.time);
    await next.ready();
    await ended(next, id, 'sent');
    await next.command(sendText(1), { id });
    await next.time.pass(60_000);
    expect(s.world.sent).toHaveLength(1);
  });

  test('fails by name under a newer lease: somebody else may have been asked for it', async () => {
    const { s, id } = await waiting();
    await s.session.stop('lease_lost');
    await s.outbox.close();
    const next = await openTestSession({ folder: s.folder, world: s.world, epoch: 2 }, s.time);
    await ended(next, id, 'not_ready');
    await next.ready();
    await next.time.pass(60_000);
    expect(s.world.sent).toEqual([]);
  });

  test('fails by name where its deadline has passed meanwhile', async () => {
    const { s, id } = await waiting({ deadlineMs: 20_000 });
    await s.session.stop('asked');
    await s.outbox.close();
    await s.time.pass(30_000);
    const next = await openTestSession({ folder: s.folder, world: s.world }, s.time);
    await ended(next, id, 'too_late');
    expect(s.world.sent).toEqual([]);
  });

  test('fails at once where the gateway stopped the session, or its phone logged it out', async () => {
    const stopped = await waiting();
    await stopped.s.command({ type: 'session.stop' });
    await ended(stopped.s, stopped.id, 'not_ready');
    const out = await waiting();
    out.s.world.tell({ type: 'ended', how: 'logged_out' });
    await ended(out.s, out.id, 'not_ready');
    expect([stopped.s.world.sent, out.s.world.sent]).toEqual([[], []]);
  });

  test('while it was shown as typed fails at once too where the session is stopped', async () => {
    const s = await openTestSession({ paced: true });
    await s.ready();
    const id = await s.command(sendText(1, 'x'.repeat(500)));
    await s.time.pass(1_000);
    await s.command({ type: 'session.stop' });
    await ended(s, id, 'not_ready');
    expect(s.world.sent).toEqual([]);
  });
});

test('an edit that was taken when the node was killed is uncertain, and may be asked for again', async () => {
  const s = await openTestSession({
    openDriver: (browser, options) => ({ ...s.world.openDriver(browser, options), edit: () => new Promise(() => undefined) }),
  });
  await s.ready();
  const id = await s.command({ type: 'message.edit', key: { chat: person(1), fromMe: true, id: messageId(1) }, text: 'changed' });
  const folder = join(await openTestFolder(), 'after');
  await cp(s.folder, folder, { recursive: true });
  const next = await openTestSession({ folder, world: s.world }, s.time);
  await ended(next, id, 'uncertain');
  expect(outcomes(next)).toEqual(['uncertain']);
});
