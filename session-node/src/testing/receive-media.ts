import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** The gateway's side of media: keeps what is put, and hands out what a test offers. */
export interface MediaReceiver {
  /** By path and query. */
  stored: Map<string, { mimetype: string; bytes: Buffer }>;
  /** Makes bytes fetchable; answers with their address. */
  offer: (name: string, bytes: Buffer) => string;
  /** What the next uploads are answered with; 201 unless set. */
  answerWith: (status: number) => void;
  /** Uploads are not read until it is called. */
  hold: () => () => void;
  underWay: () => number;
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  close: () => Promise<void>;
}

export const receiveMedia = (token: string): MediaReceiver => {
  const stored: MediaReceiver['stored'] = new Map();
  const offered = new Map<string, Buffer>();
  const working = new Set<Promise<void>>();
  let status = 201;
  let gate = Promise.resolve();
  let underWay = 0;

  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.headers.authorization !== `Bearer ${token}`) return void response.writeHead(401).end();
    const path = request.url ?? '';
    if (request.method === 'GET') {
      const bytes = offered.get(path);
      return void (bytes === undefined ? response.writeHead(404).end() : response.writeHead(200).end(bytes));
    }
    if (request.method !== 'PUT' || !path.startsWith('/nodes/uploads/')) return void response.writeHead(404).end();
    await gate;
    if (status !== 201) return void response.writeHead(status, { connection: 'close' }).end();
    stored.set(path, { mimetype: request.headers['content-type'] ?? '', bytes: await buffer(request) });
    response.writeHead(201).end();
  };

  return {
    stored,
    offer: (name, bytes) => {
      offered.set(`/nodes/media/${name}`, bytes);
      return `/nodes/media/${name}`;
    },
    answerWith: (wanted) => {
      status = wanted;
    },
    hold: () => {
      const held = Promise.withResolvers<void>();
      gate = held.promise;
      return held.resolve;
    },
    underWay: () => underWay,
    answer: (request, response) => {
      underWay += 1;
      const work = receive(request, response)
        .catch(() => void response.destroy())
        .finally(() => {
          underWay -= 1;
          working.delete(work);
        });
      working.add(work);
    },
    close: async () => {
      await Promise.all(working);
    },
  };
};
