import type { SessionCommand } from '@waxos/contract/node-link/commands';
import type { CommandAnswer } from '@waxos/contract/node-link/frames';
import { type SendBook, type SendRow } from '../sends/open-send-book.ts';
import type { Place, Places } from './hold-places.ts';

/** Asks the node; undefined where no answer came, and the command may be there all the same. */
export type AskNode = (place: Place, asked: { id: string; deadline: number; command: SessionCommand }) => Promise<CommandAnswer | undefined>;

interface DispatchOptions {
  places: Places;
  book: SendBook;
  ask: AskNode;
  now: () => number;
  /** How long a message may wait to be sent. */
  sendMs: number;
}

const checkMs = 120_000;
/** Nothing was heard of it for so long although its node lives. */
const quietMs = 90_000;

/**
 * Gives each device the first message of each conversation. A message whose node may have died with it is never asked
 * for blindly: under the same id where nobody said that it arrived (the node remembers ids), else by looking for it.
 */
export const dispatchSends = ({ places, book, ask, now, sendMs }: DispatchOptions): { pump: (device: string) => void; checks: () => number } => {
  const busy = new Set<SendRow>();
  const askedAt = new Map<SendRow, number>();
  let checks = 0;

  const send = async (place: Place, row: SendRow): Promise<void> => {
    if (row.deadline === 0) row.deadline = now() + sendMs;
    const before = row.mayBeThere;
    Object.assign(row, { state: 'asked', epoch: place.epoch, mayBeThere: true });
    const { id, deadline, chat, messageId, text } = row;
    const answer = await ask(place, { id, deadline, command: { type: 'message.send', chat, messageId, content: { kind: 'text', text } } });
    if (answer === undefined) return;
    if (answer.taken) return void Object.assign(row, { taken: true });
    // The node's own word that it does not have it.
    Object.assign(row, { mayBeThere: before });
    if (row.state === 'asked' && !before) row.state = 'queued';
    if (answer.why === 'late' && !before) book.fail(row, 'too_late', now());
  };
  const check = async (place: Place, row: SendRow): Promise<void> => {
    checks += 1;
    const id = `${row.id}~${row.checks.length + 1}`;
    book.noteCheck(row, id);
    const answer = await ask(place, { id, deadline: now() + checkMs, command: { type: 'message.check', chat: row.chat, messageId: row.messageId } });
    if (answer?.taken === true) Object.assign(row, { taken: true, epoch: place.epoch });
  };
  const stepOf = (place: Place, row: SendRow): ((place: Place, row: SendRow) => Promise<void>) | undefined => {
    const isStale = now() - (askedAt.get(row) ?? 0) > quietMs;
    if (row.state === 'queued' && now() > row.deadline && row.deadline > 0) {
      book.fail(row, 'too_late', now());
      return undefined;
    }
    if (row.state === 'queued') return send;
    if (row.taken) return row.epoch !== place.epoch || isStale ? check : undefined;
    return now() < row.deadline ? send : check;
  };
  const step = async (place: Place, row: SendRow): Promise<void> => {
    const next = stepOf(place, row);
    if (next === undefined) return;
    busy.add(row);
    askedAt.set(row, now());
    await next(place, row).finally(() => busy.delete(row));
  };
  return {
    pump: (device) => {
      const place = places.find(device);
      if (place?.started !== true || !place.linked) return;
      for (const row of book.heads(device)) if (!busy.has(row)) void step(place, row);
    },
    checks: () => checks,
  };
};
