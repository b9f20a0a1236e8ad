import type { IncomingMessage } from 'node:http';
import { Agent, request as ask } from 'node:https';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import type { ActArgs, ActName } from '../acts/acts.ts';
import type { LedgerEntry } from '../network/ledger-entry.ts';
import type { Actor } from '../network/network.ts';
import type { ActValue } from '../wire/results.ts';
import type { ControlArgs, ControlName, ControlValue } from './control-calls.ts';
import type { StoredMedia } from './media-store.ts';

/** The sandbox from another process: the control API, typed, over a connection that trusts its certificate alone. */
export interface ControlClient {
  call: <N extends ControlName>(name: N, args: ControlArgs<N>) => Promise<ControlValue<N>>;
  perform: <N extends ActName>(network: string, actor: Actor, act: { name: N; args: ActArgs<N> }) => Promise<ActValue<N>>;
  upload: (network: string, bytes: Uint8Array, mimetype: string) => Promise<StoredMedia>;
  /** Everything that happened from this number on, and then as it happens, until the signal ends it. */
  follow: (network: string, from: number, signal: AbortSignal) => AsyncGenerator<LedgerEntry>;
  close: () => void;
}

interface ControlOptions {
  url: string;
  token: string;
  /** PEM; nothing else is trusted. */
  certificate: string;
}

/** The sandbox said no. */
class ControlRefusal extends Error {
  override name = 'ControlRefusal';
  readonly code: string;
  constructor(code: string, text: string) {
    super(text);
    this.code = code;
  }
}

interface Asking {
  method: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  signal?: AbortSignal;
}

const DEADLINE_MS = 30_000;
const refusal = z.object({ code: z.string(), text: z.string() });

export const openControlClient = ({ url, token, certificate }: ControlOptions): ControlClient => {
  const agent = new Agent({ keepAlive: true, ca: certificate });

  const send = ({ method, path, headers, body, signal = AbortSignal.timeout(DEADLINE_MS) }: Asking): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const asked = ask(new URL(path, url), { method, agent, signal, headers: { authorization: `Bearer ${token}`, ...headers } }, resolve);
      asked.on('error', reject);
      asked.end(body);
    });

  const read = async (asking: Asking): Promise<unknown> => {
    const response = await send(asking);
    const body: unknown = await json(response);
    if ((response.statusCode ?? 500) < 400) return body;
    const { code, text } = refusal.parse(body);
    throw new ControlRefusal(code, text);
  };

  const call = async <N extends ControlName>(name: N, args: ControlArgs<N>): Promise<ControlValue<N>> => {
    const body = await read({ method: 'POST', path: `/control/${name}`, headers: { 'content-type': 'application/json' }, body: JSON.stringify(args) });
    // The other end is the same version of the same table.
    return (body as { value: ControlValue<N> }).value;
  };

  return {
    call,
    perform: async (network, actor, { name, args }) => (await call('act.perform', { network, actor, name, args })) as ActValue<typeof name>,
    upload: async (network, bytes, mimetype) =>
      (await read({ method: 'POST', path: '/phones/api/media', headers: { 'content-type': mimetype, 'x-sandbox-network': network }, body: bytes })) as StoredMedia,
    async *follow(network, from, signal) {
      const response = await send({ method: 'GET', path: `/control/ledger?${new URLSearchParams({ network, from: String(from) }).toString()}`, signal });
      if (response.statusCode !== 200) throw new ControlRefusal('failed', 'The ledger of this network cannot be followed.');
      try {
        for await (const line of linesOf(response)) yield JSON.parse(line) as LedgerEntry;
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
    close: () => agent.destroy(),
  };
};

async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
