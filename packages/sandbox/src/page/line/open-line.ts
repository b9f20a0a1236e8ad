import type { ActArgs, DeviceActName } from '../../acts/acts.ts';
import type { ActResult, NetworkFrame, PageFrame, RefusalCode } from '../../wire/frames.ts';
import type { ActValue } from '../../wire/results.ts';

/** The network refused; the library tells such errors by this name. */
export class ServerStatusCodeError extends Error {
  override name = 'ServerStatusCodeError';
  readonly code: RefusalCode;
  readonly status: number;
  constructor(code: RefusalCode, text: string) {
    super(text);
    this.code = code;
    this.status = { bad_request: 400, not_found: 404, not_allowed: 403, conflict: 409, gone: 410, too_many: 429, unreachable: 503 }[code];
  }
}

export interface Line {
  /** Sends when connected; whether it did. */
  send: (frame: PageFrame) => boolean;
  /** Asks the network, and waits for its answer as long as the line holds. */
  act: <N extends DeviceActName>(name: N, args: ActArgs<N>) => Promise<ActValue<N>>;
  askForPairingCode: (phone: string, notify: boolean) => Promise<string>;
  /** Dials; a socket that is there is cut first. */
  redial: () => void;
  /** Dials no more until it is told to. */
  hangUp: () => void;
  connected: () => boolean;
}

interface LineOptions {
  url: string;
  onUp: () => void;
  onDown: () => void;
  onFrame: (frame: NetworkFrame) => void;
}

interface Question {
  resolve: (value: never) => void;
  reject: (error: Error) => void;
}

const firstWaitMs = 250;
const longestWaitMs = 8_000;

/** One WebSocket to the network: dialled when first told to, and again when it falls, ever more slowly. */
export const openLine = ({ url, onUp, onDown, onFrame }: LineOptions): Line => {
  const questions = new Map<number, Question>();
  let socket: WebSocket | undefined;
  let asked = 0;
  let waitMs = firstWaitMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let over = false;

  const dial = (): void => {
    const dialled = new WebSocket(url);
    socket = dialled;
    dialled.addEventListener('open', () => {
      waitMs = firstWaitMs;
      onUp();
    });
    dialled.addEventListener('message', ({ data }) => {
      if (socket === dialled) receive(JSON.parse(String(data)));
    });
    dialled.addEventListener('close', () => {
      if (socket !== dialled) return;
      socket = undefined;
      for (const question of questions.values()) question.reject(new ServerStatusCodeError('unreachable', 'the connection was lost'));
      questions.clear();
      if (over) return;
      onDown();
      timer = setTimeout(dial, waitMs);
      waitMs = Math.min(Math.max(firstWaitMs, waitMs * 2), longestWaitMs);
    });
  };

  const receive = (frame: NetworkFrame): void => {
    if (frame.t === 'result') return settle(frame.id, frame.result);
    if (frame.t === 'pairingCode') return settle(frame.id, frame.ok ? { ok: true, value: frame.code } : { ok: false, code: 'bad_request', text: frame.code });
    onFrame(frame);
  };

  const settle = (id: number, result: ActResult): void => {
    const question = questions.get(id);
    questions.delete(id);
    // What the network answers is what wire/results.ts says of the act that was asked.
    if (result.ok) question?.resolve(result.value as never);
    else question?.reject(new ServerStatusCodeError(result.code, result.text));
  };

  const connected = (): boolean => socket?.readyState === WebSocket.OPEN;
  const send = (frame: PageFrame): boolean => {
    if (!connected()) return false;
    socket?.send(JSON.stringify(frame));
    return true;
  };
  const ask = <T>(frame: (id: number) => PageFrame): Promise<T> => {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const id = ++asked;
    questions.set(id, { resolve, reject });
    if (!send(frame(id))) {
      questions.delete(id);
      reject(new ServerStatusCodeError('unreachable', 'there is no connection'));
    }
    return promise;
  };

  return {
    send,
    connected,
    act: (name, args) => ask((id) => ({ t: 'act', id, name, args })),
    askForPairingCode: (phone, notify) => ask((id) => ({ t: 'pairByCode', id, phone, notify })),
    redial: () => {
      clearTimeout(timer);
      over = false;
      waitMs = 0;
      if (socket === undefined) dial();
      else socket.close();
    },
    hangUp: () => {
      over = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
};
