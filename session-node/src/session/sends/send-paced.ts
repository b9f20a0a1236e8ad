import { pauseFor } from '../time.ts';
import { delayOf, waitForCaps } from './pace.ts';
import { finish, sendNow, type LaneOptions, type SendFrame } from './send-now.ts';

const day = 24 * 3_600_000;

/** As a person would: after a while, and with typing shown. Without a page the message stays where it is. */
export const sendPaced = async (options: LaneOptions, frame: SendFrame, signal: AbortSignal): Promise<boolean> => {
  const { book, time } = options;
  const entry = book.find(frame.id);
  if (entry?.phase !== 'taken') return true;
  const now = (): number => time.now().getTime();
  if (options.paced()) {
    const allowed = await pace(options, frame, signal);
    if (!allowed) {
      await finish(options, entry, { outcome: 'failed', reason: 'capped' });
      return true;
    }
  }
  const driver = options.driver();
  if (now() > frame.deadline) {
    await finish(options, entry, { outcome: 'failed', reason: 'too_late' });
    return true;
  }
  if (driver === undefined || signal.aborted) return false;
  await sendNow(options, driver, { frame, entry });
  return true;
};

/** False where the caps leave no room before its deadline. */
const pace = async (options: LaneOptions, frame: SendFrame, signal: AbortSignal): Promise<boolean> => {
  const { chat, content } = frame.command;
  const now = options.time.now().getTime();
  const moment = { now, linkedAt: options.linkedAt(), stranger: options.isStranger(chat) };
  const capped = waitForCaps(options.book.sentSince(now - day), moment);
  if (now + capped > frame.deadline) return false;
  const { thinkMs, typeMs } = delayOf(content, moment, options.random);
  await pauseFor(options.time, capped + thinkMs, signal);
  const typing = content.kind === 'media' && content.as === 'voice' ? 'recording' : 'typing';
  await options
    .driver()
    ?.showTyping(chat, typing)
    .catch((error: unknown) => options.failed('show typing', error));
  await pauseFor(options.time, typeMs, signal);
  return true;
};
