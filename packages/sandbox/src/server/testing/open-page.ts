import { waitFor } from '@waxos/process/poll';
import { WebSocket } from 'ws';
import type { NetworkFrame, PageFrame } from '../../wire/frames.ts';

/** A page's socket without its page: it says what a test says, and keeps what it hears. */
export interface TestPage {
  say: (frame: PageFrame) => void;
  sayText: (text: string) => void;
  heard: NetworkFrame[];
  /** The next frame of a kind that was not taken before. */
  take: <T extends NetworkFrame['t']>(t: T) => Promise<Extract<NetworkFrame, { t: T }>>;
  /** How the socket ended: its code and reason. */
  ended: Promise<string>;
  close: () => Promise<void>;
}

interface Reached {
  port: number;
  certificate: string;
}

const TIMEOUT_MS = 5_000;
export const registration = { noise: 'noise', identity: 'identity', adv: 'adv', platform: '1', name: 'Chrome', build: '2.3000.1' };

export const openTestPage = async ({ port, certificate }: Reached, headers: Record<string, string> = {}): Promise<TestPage> => {
  const socket = new WebSocket(`wss://localhost:${port}/ws/device`, { ca: certificate, headers });
  const heard: NetworkFrame[] = [];
  const taken = new Set<NetworkFrame>();
  socket.on('message', (data: Buffer) => void heard.push(JSON.parse(data.toString('utf8')) as NetworkFrame));
  const ended = new Promise<string>((resolve) => socket.on('close', (code, reason) => resolve(`${code} ${reason.toString()}`.trim())));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.on('error', reject);
  });
  return {
    heard,
    ended,
    say: (frame) => socket.send(JSON.stringify(frame)),
    sayText: (text) => socket.send(text),
    take: <T extends NetworkFrame['t']>(t: T) =>
      waitFor(
        () => {
          const frame = heard.find((one): one is Extract<NetworkFrame, { t: T }> => one.t === t && !taken.has(one));
          if (frame !== undefined) taken.add(frame);
          return frame;
        },
        { timeoutMs: TIMEOUT_MS, what: `a frame ${t}` },
      ),
    close: async () => {
      socket.close();
      await ended;
    },
  };
};

/** The text of the QR that a page with this ref shows. */
export const qrOf = (ref: string | undefined): string => [ref, registration.noise, registration.identity, registration.adv, registration.platform].join(',');
