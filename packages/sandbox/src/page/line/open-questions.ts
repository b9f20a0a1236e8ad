import type { ActResult, NetworkFrame } from '../../wire/frames.ts';
import { ServerStatusCodeError } from './server-status-code-error.ts';

/** What the network has been asked and not answered yet. */
export interface Questions {
  /** `put` sends the question; where it throws, that is the answer. */
  ask: <T>(put: (id: number) => void) => Promise<T>;
  /** Whether the frame was an answer. */
  settle: (frame: NetworkFrame) => boolean;
  giveUp: (why: string) => void;
}

export const openQuestions = (): Questions => {
  const open = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let asked = 0;
  return {
    ask: <T>(put: (id: number) => void) =>
      new Promise<T>((resolve, reject) => {
        const id = ++asked;
        put(id);
        open.set(id, { resolve, reject });
      }),
    settle: (frame) => {
      const result = answerOf(frame);
      if (result === undefined || !('id' in frame)) return false;
      const question = open.get(frame.id);
      open.delete(frame.id);
      // What the network answers is what wire/results.ts says of the act that was asked.
      if (result.ok) question?.resolve(result.value as never);
      else question?.reject(new ServerStatusCodeError(result.code, result.text));
      return true;
    },
    giveUp: (why) => {
      for (const question of open.values()) question.reject(new ServerStatusCodeError('unreachable', why));
      open.clear();
    },
  };
};

const answerOf = (frame: NetworkFrame): ActResult | undefined => {
  if (frame.t === 'result') return frame.result;
  if (frame.t !== 'pairingCode') return undefined;
  return frame.ok ? { ok: true, value: frame.code } : { ok: false, code: 'bad_request', text: frame.code };
};
