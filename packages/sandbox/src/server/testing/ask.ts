import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import type { IncomingHttpHeaders } from 'node:http';

interface Asking {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

export interface Answered<T = unknown> {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** Of a body that is JSON; a test says what it expects there. */
  json: T;
}

/** One request to the sandbox, trusting its certificate alone. */
export const ask = async <T = unknown>({ port, certificate }: { port: number; certificate: string }, path: string, { method = 'GET', headers = {}, body }: Asking = {}): Promise<Answered<T>> =>
  new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers, ca: certificate, agent: false }, (response) => {
      text(response).then((read) => {
        const isJson = (response.headers['content-type'] ?? '').startsWith('application/json');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: read, json: JSON.parse(isJson ? read : 'null') });
      }, reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
