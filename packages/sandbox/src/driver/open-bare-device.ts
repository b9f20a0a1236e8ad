import { randomBytes } from 'node:crypto';
import { WebSocket, type RawData } from 'ws';
import type { ActArgs, DeviceActName } from '../acts/acts.ts';
import type { NetworkFrame, PageFrame, Registration } from '../wire/frames.ts';
import type { ActValue } from '../wire/results.ts';
import type { Stanza } from '../wire/stanzas.ts';

/** A linked device without a page or a browser: what measures the network alone, and holds hundreds at once. */
export interface BareDevice {
  device: string;
  act: <N extends DeviceActName>(name: N, args: ActArgs<N>) => Promise<ActValue<N>>;
  close: () => Promise<void>;
}

interface BareDeviceOptions {
  /** Of the sandbox, as https. */
  url: string;
  certificate: string;
  /** Has a phone scan the text of the QR. */
  scan: (qr: string) => Promise<unknown>;
  onStanza: (stanza: Stanza, at: number) => void;
}

/** Stanzas are kept at once: this many are told of together. */
const keptEvery = 20;
const keptAfterMs = 50;

/** Registers, is scanned, logs in, and keeps whatever comes. */
export const openBareDevice = async ({ url, certificate, scan, onStanza }: BareDeviceOptions): Promise<BareDevice> => {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws/device`, [], { ca: certificate });
  const ready = Promise.withResolvers<string>();
  const questions = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  const registration = registrationOf();
  let asked = 0;
  let device = '';

  const send = (frame: PageFrame): void => socket.send(JSON.stringify(frame));
  const kept = keepBack((upTo) => send({ t: 'kept', upTo }));
  const receive = (frame: NetworkFrame): void => {
    switch (frame.t) {
      case 'refs':
        return void scan(qrOf(frame.refs[0] ?? '', registration)).catch(ready.reject);
      case 'linked':
        device = frame.device;
        return send({ t: 'login', device, token: frame.token, build: registration.build });
      case 'stanza':
        onStanza(frame.stanza, frame.at);
        return kept.take(frame.n);
      case 'offlineEnd':
        return ready.resolve(device);
      case 'closed':
        return ready.reject(new Error(`the network closed the device: ${frame.reason}`));
      case 'result': {
        const question = questions.get(frame.id);
        questions.delete(frame.id);
        // What the network answers is what wire/results.ts says of the act.
        if (frame.result.ok) return question?.resolve(frame.result.value as never);
        return question?.reject(new Error(frame.result.text));
      }
      // The rest is for a page that draws something.
      default:
    }
  };
  socket.on('open', () => send({ t: 'register', registration }));
  socket.on('message', (data) => receive(JSON.parse(textOf(data)) as NetworkFrame));
  socket.on('error', ready.reject);
  const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
  void closed.then(() => {
    ready.reject(new Error('the connection was lost before the device was linked'));
    for (const question of questions.values()) question.reject(new Error('the connection was lost'));
  });

  return {
    device: await ready.promise,
    act: (name, args) => {
      const { promise, resolve, reject } = Promise.withResolvers<ActValue<typeof name>>();
      const id = ++asked;
      questions.set(id, { resolve, reject });
      send({ t: 'act', id, name, args });
      return promise;
    },
    close: async () => {
      kept.stop();
      socket.close();
      await closed;
    },
  };
};

const textOf = (data: RawData): string => (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)).toString('utf8');

const key = (): string => randomBytes(32).toString('base64');
const registrationOf = (): Registration => ({ noise: key(), identity: key(), adv: key(), platform: '1', name: 'Bare device', build: '2.3000.1031980585' });
const qrOf = (ref: string, { noise, identity, adv, platform }: Registration): string => [ref, noise, identity, adv, platform].join(',');

/** Tells of what was kept in groups, as a page does that writes them in one transaction. */
const keepBack = (tell: (upTo: number) => void): { take: (n: number) => void; stop: () => void } => {
  let upTo = 0;
  let told = 0;
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (upTo > told) tell((told = upTo));
  };
  return {
    take: (n) => {
      upTo = n;
      if (upTo - told >= keptEvery) flush();
      else timer ??= setTimeout(flush, keptAfterMs);
    },
    stop: () => clearTimeout(timer),
  };
};
