import type { IncomingMessage, ServerResponse } from 'node:http';
import { ZodError } from 'zod';
import { SandboxRefusal } from '../network/refusal.ts';
import type { RefusalCode } from '../wire/frames.ts';

export interface Asked {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  /** What stood in the path at `:name`. */
  params: Readonly<Record<string, string>>;
}

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/accounts/:account`; a last `*` stands for anything. */
  path: string;
  answer: (asked: Asked) => Promise<void> | void;
}

export type Answer = (asked: Omit<Asked, 'params'>) => Promise<void>;

const statuses = { bad_request: 400, not_found: 404, not_allowed: 403, conflict: 409, gone: 410, too_many: 429, unreachable: 422 } as const satisfies Record<RefusalCode, number>;

/** Finds the first route that fits; whatever a route throws becomes an answer here and nowhere else. */
export const serveRoutes = (routes: readonly Route[], report: (error: unknown) => void): Answer => {
  const compiled = routes.map((route) => ({ ...route, pattern: compile(route.path) }));
  return async ({ request, response, url }) => {
    try {
      for (const { method, pattern, answer } of compiled) {
        const found = method === request.method || (method === 'GET' && request.method === 'HEAD') ? pattern.exec(url.pathname) : null;
        if (found !== null) return await answer({ request, response, url, params: decode(found.groups ?? {}) });
      }
      throw new SandboxRefusal('not_found', 'There is nothing at this address.');
    } catch (error) {
      // What was sent is read to its end and dropped: who still sends would not see the answer.
      request.resume();
      refuse(response, error, report);
    }
  };
};

const compile = (path: string): RegExp => new RegExp(`^${path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)').replace(/\*$/, '.*')}$`);

const decode = (groups: Record<string, string>): Record<string, string> => {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, decodeURIComponent(text)]));
  } catch (error) {
    if (error instanceof URIError) throw new SandboxRefusal('bad_request', 'The address is not written as a URL.');
    throw error;
  }
};

const refuse = (response: ServerResponse, error: unknown, report: (error: unknown) => void): void => {
  // Whoever asked has gone away in the middle of it.
  if (response.destroyed) return;
  const { status, body } = judge(error);
  if (status === 500) report(error);
  if (response.headersSent) response.destroy();
  else sendJson(response, body, status);
};

const judge = (error: unknown): { status: number; body: { code: string; text: string } } => {
  if (error instanceof SignedOut) return { status: 401, body: { code: 'signed_out', text: error.message } };
  if (error instanceof SandboxRefusal) return { status: statuses[error.code], body: { code: error.code, text: error.message } };
  if (error instanceof ZodError) return { status: 400, body: { code: 'bad_request', text: error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ') } };
  return { status: 500, body: { code: 'failed', text: 'The sandbox failed.' } };
};

/** No token, or a wrong one. */
export class SignedOut extends Error {
  override name = 'SignedOut';
}

export const sendJson = (response: ServerResponse, body: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  response.end(JSON.stringify(body));
};

export const sendText = (response: ServerResponse, text: string | Uint8Array, headers: Record<string, string>): void => {
  response.writeHead(200, { 'x-content-type-options': 'nosniff', ...headers });
  response.end(text);
};

const JSON_BYTES_MAX = 2_000_000;

/** The body as JSON; an empty one is `{}`. */
export const readJson = async (request: IncomingMessage): Promise<unknown> => {
  const text = (await readBytes(request, JSON_BYTES_MAX)).toString('utf8');
  try {
    return text === '' ? {} : (JSON.parse(text) as unknown);
  } catch (error) {
    if (error instanceof SyntaxError) throw new SandboxRefusal('bad_request', 'The body is not JSON.');
    throw error;
  }
};

const readBytes = async (request: IncomingMessage, bytesMax: number): Promise<Buffer> => {
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) throw new SandboxRefusal('too_many', `The body is larger than ${bytesMax} bytes.`);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bytesMax) throw new SandboxRefusal('too_many', `The body is larger than ${bytesMax} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};
