import type { ActArgs, DeviceActName } from '../../acts/acts.ts';
import type { NetworkFrame, PageFrame } from '../../wire/frames.ts';
import type { ActValue } from '../../wire/results.ts';
import { openQuestions } from './open-questions.ts';
import { ServerStatusCodeError } from './server-status-code-error.ts';

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

const firstWaitMs = 250;
const longestWaitMs = 8_000;

/** One WebSocket to the network: dialled when first told to, and again when it falls, ever more slowly. */
export const openLine = ({ url, onUp, onDown, onFrame }: LineOptions): Line => {
  const questions = openQuestions();
  let socket: WebSocket | undefined;
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
      const frame = frameOf(data);
      if (socket === dialled && !questions.settle(frame)) onFrame(frame);
    });
    dialled.addEventListener('close', () => {
      if (socket !== dialled) return;
      socket = undefined;
      questions.giveUp('the connection was lost');
      if (over) return;
      onDown();
      timer = setTimeout(dial, waitMs);
      waitMs = Math.min(Math.max(firstWaitMs, waitMs * 2), longestWaitMs);
    });
  };

  const connected = (): boolean => socket?.readyState === WebSocket.OPEN;
  const send = (frame: PageFrame): boolean => {
    if (!connected()) return false;
    socket?.send(JSON.stringify(frame));
    return true;
  };
  const ask = <T>(frame: (id: number) => PageFrame): Promise<T> =>
    questions.ask((id) => {
      if (!send(frame(id))) throw new ServerStatusCodeError('unreachable', 'there is no connection');
    });

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

/** The server is ours and of the same version: what it sends is a frame. */
const frameOf = (data: unknown): NetworkFrame => JSON.parse(String(data)) as NetworkFrame;
