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
  if (options.paced()) await pace(options, frame, signal);
  const driver = options.driver();
  if (now() > frame.deadline) {
    await finish(options, entry, { outcome: 'failed', reason: 'too_late' });
    return true;
  }
  if (driver === undefined || signal.aborted) return false;
  await sendNow(options, driver, { frame, entry });
  return true;
};

const momentOf = ({ time, linkedAt, isStranger }: LaneOptions, { command }: SendFrame) => ({ now: time.now().getTime(), linkedAt: linkedAt(), stranger: isStranger(command.chat) });

/** How long the caps hold a message back, by what was sent until now. */
export const readCaps = (options: LaneOptions): ((frame: SendFrame) => number) => {
  if (!options.paced()) return () => 0;
  const sent = options.book.sentSince(options.time.now().getTime() - day);
  return (frame) => waitForCaps(sent, momentOf(options, frame), options.caps());
};

const pace = async (options: LaneOptions, frame: SendFrame, signal: AbortSignal): Promise<void> => {
  const { chat, content } = frame.command;
  const { thinkMs, typeMs } = delayOf(content, momentOf(options, frame), options.random);
  await pauseFor(options.time, thinkMs, signal);
  const typing = content.kind === 'media' && content.as === 'voice' ? 'recording' : 'typing';
  await options
    .driver()
    ?.showTyping(chat, typing)
    .catch((error: unknown) => options.failed('show typing', error));
  await pauseFor(options.time, typeMs, signal);
};
