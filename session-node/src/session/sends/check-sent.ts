import type { SendOutcome } from '@waxos/contract/node-link/events';
import type { Driver } from '../../whatsapp/driver.ts';
import type { CommandEntry } from '../commands/open-command-book.ts';
import { finish, isSend, messageIdOf, sendNow, type LaneOptions } from './send-now.ts';

/** So often a message is sent under its id, the first time included. */
const triesMax = 2;

/**
 * Looks for each message whose sending ended without an answer:
 *
 *   found with a tick            sent
 *   found without                waits: its tick is told when it comes
 *   absent, browser ended clean  sent again, under the same id
 *   absent, browser still runs   a clean stop is asked for; looked for again after it
 *   absent otherwise             uncertain: a profile that was cut off proves nothing by what it lacks
 */
export const checkSent = async (options: LaneOptions, driver: Driver): Promise<void> => {
  const asked = options.book.open().filter((entry) => entry.phase === 'checking' || (entry.phase === 'taken' && entry.frame?.command.type === 'message.check'));
  const ids = new Set(asked.flatMap((entry) => messageIdOf(entry) ?? []));
  for (const id of ids) {
    try {
      await checkOne(options, driver, asked.filter((entry) => messageIdOf(entry) === id));
    } catch (error) {
      // The page went while it looked; the next one is asked again.
      options.failed('check a message', error);
    }
  }
};

const checkOne = async (options: LaneOptions, driver: Driver, entries: CommandEntry[]): Promise<void> => {
  const { book } = options;
  const command = entries[0]?.frame?.command;
  if (command === undefined || !('messageId' in command)) return;
  const id = command.messageId;
  const found = await driver.find(command.chat, id);
  const end = async (result: SendOutcome): Promise<void> => {
    for (const one of entries) await finish(options, one, result);
  };
  if (found !== undefined && found.ack !== 0) return end(found.ack > 0 ? { outcome: 'sent', id, at: found.at } : { outcome: 'failed', reason: 'refused' });
  const sent = entries.find((one) => one.frame !== undefined && isSend(one.frame));
  const asks = entries.filter((one) => one !== sent);
  if (found !== undefined) return keepWaiting(options, asks, id);
  const frame = sent?.frame;
  if (sent === undefined || frame === undefined || !isSend(frame) || sent.tries >= triesMax || sent.ended === 'killed') return end({ outcome: 'uncertain', id });
  if (sent.ended === undefined) return options.askCleanStop();
  await sendNow(options, driver, { frame, entry: sent });
  const result = book.find(sent.id)?.result;
  if (result !== undefined) for (const one of asks) await finish(options, one, result);
};

const keepWaiting = async ({ book, tell }: LaneOptions, asks: CommandEntry[], id: string): Promise<void> => {
  for (const one of asks) {
    if (one.phase === 'checking') continue;
    await book.put({ ...one, phase: 'checking' });
    tell({ type: 'send.ended', command: one.id, result: { outcome: 'checking', id } });
  }
};
