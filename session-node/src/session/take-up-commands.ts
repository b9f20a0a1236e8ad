import { fetchOf } from './fetches/open-fetch-lane.ts';
import { nowMs, type Life } from './life.ts';
import { finish, isSend } from './sends/send-now.ts';

/**
 * What was taken before the node ended, and has no outcome:
 *
 *   a send that was not begun    begun now, where it is still of this lease and in time; else failed: nothing was sent
 *   a send that was begun        checking, as check-sent.ts says
 *   a change of a message        uncertain: it may be made, and made again it is the same
 *   a fetch                      goes on
 */
export const takeUpCommands = async (life: Life): Promise<void> => {
  const { book, outbox, lane, fetches, failed, options } = life;
  const told = { book, tell: outbox.tell, failed };
  for (const entry of [...book.open(), ...book.later()]) {
    const { frame } = entry;
    if (fetchOf(entry) !== undefined) fetches.push(entry);
    else if (entry.phase !== 'taken' || frame?.command.type === 'message.check') continue;
    else if (frame === undefined) await book.finish(entry, undefined);
    else if (isSend(frame)) {
      // Under another lease somebody else may have been asked for it meanwhile.
      if (frame.epoch !== options.epoch) await finish(told, entry, { outcome: 'failed', reason: 'not_ready' });
      else if (frame.deadline <= nowMs(life)) await finish(told, entry, { outcome: 'failed', reason: 'too_late' });
      else lane.push(entry);
    } else if ('key' in frame.command) await finish(told, entry, { outcome: 'uncertain', id: frame.command.key.id });
    else await book.finish(entry, undefined);
  }
};
