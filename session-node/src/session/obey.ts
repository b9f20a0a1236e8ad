import type { SendOutcome } from '@waxos/contract/node-link/events';
import type { CommandFrame } from '@waxos/contract/node-link/frames';
import type { Driver } from '../whatsapp/driver.ts';
import type { CommandEntry } from './commands/open-command-book.ts';
import { refusalOf } from './driver-errors.ts';
import { hopeless, nowMs, nowSeconds, workingDriver, type Life } from './life.ts';
import { finish } from './sends/send-now.ts';
import { takeScreenshot } from './take-screenshot.ts';

/** Resolves when the command is kept; the same id twice is one command, and its outcome is told again. */
export const obey = async (life: Life, frame: CommandFrame): Promise<void> => {
  const { book, outbox } = life;
  const before = book.find(frame.id);
  // A start is asked again of a node that was killed behind it: what it started is gone, and what runs is not started twice.
  if (before !== undefined && frame.command.type !== 'session.start') {
    if (before.result !== undefined) outbox.tell({ type: 'send.ended', command: frame.id, result: before.result });
    return;
  }
  const { command } = frame;
  // Done twice it is the same, and later it is of no use: it is not worth a write.
  if (command.type === 'chat.typing' || command.type === 'chat.watch') return showPresence(life, command);
  const entry = await book.add(frame);
  switch (command.type) {
    case 'session.start':
      life.settings = command.settings;
      life.ownerDead = command.ownerDead === true;
      life.post({ is: 'start', pairWith: command.pairWith });
      return book.finish(entry, undefined);
    case 'session.stop':
      life.post({ is: 'stop', reason: 'asked' });
      life.lane.refuse();
      return book.finish(entry, undefined);
    case 'session.log_out':
      life.post({ is: 'log_out' });
      return book.finish(entry, undefined);
    case 'session.refresh_qr':
      life.post({ is: 'refresh_qr' });
      return book.finish(entry, undefined);
    case 'message.send':
      if (hopeless.includes(life.situation.state)) return finish(forSends(life), entry, { outcome: 'failed', reason: 'not_ready' });
      life.post({ is: 'wake' });
      life.lane.push(entry);
      return;
    case 'message.check':
      life.post({ is: 'wake' });
      life.lane.push(entry);
      return;
    case 'media.fetch':
    case 'picture.fetch':
    case 'group.fetch':
      life.fetches.push(entry);
      return;
    default:
      void act(life, entry, command).catch((error: unknown) => {
        life.failed(command.type, error);
        return book.finish(entry, undefined);
      });
  }
};

type Presence = Extract<CommandFrame['command'], { type: 'chat.typing' | 'chat.watch' }>;
type Act = Extract<CommandFrame['command'], { type: 'message.edit' | 'message.revoke' | 'message.react' | 'chat.read' | 'screenshot.take' | 'call.reject' }>;

const showPresence = (life: Life, command: Presence): void => {
  const driver = workingDriver(life);
  const shown = command.type === 'chat.typing' ? driver?.showTyping(command.chat, command.state) : driver?.watchChat(command.chat);
  shown?.catch((error: unknown) => life.failed(command.type, error));
};

const forSends = ({ book, outbox, failed }: Life) => ({ book, tell: outbox.tell, failed });

const act = async (life: Life, entry: CommandEntry, command: Act): Promise<void> => {
  const driver = workingDriver(life);
  switch (command.type) {
    case 'message.edit':
    case 'message.revoke':
    case 'message.react':
      return finish(forSends(life), entry, await change(life, driver, { entry, command }));
    case 'chat.read':
      await driver?.markRead(command.chat);
      return life.book.finish(entry, undefined);
    case 'call.reject':
      await driver?.rejectCall({ id: command.id, from: command.from });
      return life.book.finish(entry, undefined);
    case 'screenshot.take':
      await takeScreenshot(life, entry.id);
      return life.book.finish(entry, undefined);
  }
};

type Change = Extract<Act, { type: 'message.edit' | 'message.revoke' | 'message.react' }>;

/** A change made twice is the same change: one without an answer is uncertain, and may be asked for again. */
const change = async (life: Life, driver: Driver | undefined, { entry, command }: { entry: CommandEntry; command: Change }): Promise<SendOutcome> => {
  if (driver === undefined) return { outcome: 'failed', reason: 'not_ready' };
  if (nowMs(life) > Math.min(entry.frame?.deadline ?? 0, life.options.leaseUntil())) return { outcome: 'failed', reason: 'too_late' };
  try {
    if (command.type === 'message.edit') await driver.edit(command.key, command.text);
    else if (command.type === 'message.revoke') await driver.revoke(command.key);
    else await driver.react(command.key, command.emoji);
    return { outcome: 'sent', id: command.key.id, at: nowSeconds(life) };
  } catch (error) {
    life.failed(command.type, error);
    const reason = refusalOf(error);
    return reason === undefined ? { outcome: 'uncertain', id: command.key.id } : { outcome: 'failed', reason };
  }
};
