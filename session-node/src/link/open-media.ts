import { Agent, request as requestPlain, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as SecureAgent, request as requestSecure } from 'node:https';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Upload as UploadOf } from '@waxos/contract/node-link/uploads';

/**
 * Bytes of media, beside the link over HTTP with the node's token: up as a stream, down into memory, since a page is
 * handed them whole. A bounded number at a time; each ends by its deadline, and none is larger than the limit.
 */
export interface Media {
  upload: (upload: Upload) => Promise<'stored' | 'too_large' | 'later'>;
  /** Throws where it is missing, too large, late or not the gateway's. */
  download: (address: string, signal?: AbortSignal) => Promise<Uint8Array>;
  close: () => void;
}

export interface Upload {
  device: string;
  epoch: number;
  of: UploadOf;
  mimetype: string;
  bytes: Readable;
  signal?: AbortSignal;
}

export interface MediaOptions {
  gatewayUrl: string;
  token: string;
  atATime?: number;
  bytesMax?: number;
  deadlineMs?: number;
}

export const openMedia = ({ gatewayUrl, token, atATime = 4, bytesMax = 100 * 1_024 * 1_024, deadlineMs = 5 * 60_000 }: MediaOptions): Media => {
  const gateway = new URL(gatewayUrl);
  const isSecure = gateway.protocol === 'https:';
  const agent = isSecure ? new SecureAgent({ keepAlive: true, maxSockets: atATime }) : new Agent({ keepAlive: true, maxSockets: atATime });
  const closing = new AbortController();
  const inTurn = openTurns(atATime);
  const within = (signal?: AbortSignal): AbortSignal => AbortSignal.any([closing.signal, AbortSignal.timeout(deadlineMs), ...(signal === undefined ? [] : [signal])]);
  const begin = (method: string, url: URL, { headers = {}, signal }: { headers?: Record<string, string>; signal: AbortSignal }): ClientRequest =>
    (isSecure ? requestSecure : requestPlain)(url, { method, agent, signal, headers: { ...headers, authorization: `Bearer ${token}` } });

  const put = async ({ device, epoch, of, mimetype, bytes, signal }: Upload): Promise<'stored' | 'too_large' | 'later'> => {
    const limit = limitBytes(bytesMax);
    try {
      const url = new URL(`/nodes/uploads/${device}`, gateway);
      url.search = new URLSearchParams({ epoch: String(epoch), of: Buffer.from(JSON.stringify(of)).toString('base64url') }).toString();
      const asked = begin('PUT', url, { headers: { 'content-type': mimetype }, signal: within(signal) });
      const answered = untilAnswered(asked);
      // A gateway may refuse before it has read everything, and hang up.
      const sent = pipeline(bytes, limit, asked);
      sent.catch(() => undefined);
      const status = await Promise.race([answered.then(({ statusCode }) => statusCode), sent.then(() => answered).then(({ statusCode }) => statusCode)]);
      if (status === 413) return 'too_large';
      return status === 201 || status === 200 ? 'stored' : 'later';
    } catch {
      // Whatever it was, the bytes are not there; the message stays marked until a later try.
      return limit.isPassed() ? 'too_large' : 'later';
    } finally {
      bytes.destroy();
    }
  };

  const get = async (address: string, signal?: AbortSignal): Promise<Uint8Array> => {
    const url = new URL(address, gateway);
    if (url.origin !== gateway.origin) throw new Error('Media are fetched from the gateway only: the token is for nobody else.');
    const asked = begin('GET', url, { signal: within(signal) });
    const answered = untilAnswered(asked);
    asked.end();
    const answer = await answered;
    if (answer.statusCode !== 200) {
      answer.resume();
      throw new Error(`The gateway answered ${answer.statusCode} for media.`);
    }
    const limit = limitBytes(bytesMax);
    const chunks: Buffer[] = [];
    await pipeline(answer, limit, async (source: AsyncIterable<Buffer>) => {
      for await (const chunk of source) chunks.push(chunk);
    });
    return Buffer.concat(chunks);
  };

  return {
    upload: (upload) => inTurn(() => put(upload)),
    download: (address, signal) => inTurn(() => get(address, signal)),
    close: () => {
      closing.abort();
      agent.destroy();
    },
  };
};

const untilAnswered = (asked: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    asked.once('response', (answer) => {
      if (asked.method === 'PUT') answer.resume();
      resolve(answer);
    });
    asked.on('error', reject);
  });

/** Passes bytes on, and fails at the first one too many. */
const limitBytes = (bytesMax: number): Transform & { isPassed: () => boolean } => {
  let count = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      count += chunk.length;
      if (count > bytesMax) done(new Error('too large'));
      else done(null, chunk);
    },
  });
  return Object.assign(limit, { isPassed: () => count > bytesMax });
};

/** So many at once; the others wait in the order of their coming. */
const openTurns = (atATime: number) => {
  const waiting: (() => void)[] = [];
  let free = atATime;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
};
