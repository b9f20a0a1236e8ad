import type { IncomingMessage } from 'node:http';
import { Agent, request as ask } from 'node:https';
import { pipeline, type Readable } from 'node:stream';

export interface SandboxReach {
  url: string;
  token: string;
  /** PEM; nothing else is trusted. */
  certificate: string;
}

export interface SandboxQuestion {
  network: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Readable | undefined;
}

/** The connection to the sandbox: on behalf of one network at a time, with the token that no browser ever sees. */
export interface SandboxLine {
  ask: (question: SandboxQuestion) => Promise<IncomingMessage>;
  close: () => void;
}

const ANSWER_TIMEOUT_MS = 30_000;

export const openSandboxLine = ({ url, token, certificate }: SandboxReach): SandboxLine => {
  // The certificate is for these names, wherever the sandbox runs.
  const agent = new Agent({ keepAlive: true, ca: certificate, servername: 'localhost' });
  return {
    ask: ({ network, method, path, headers, body }) =>
      new Promise((resolve, reject) => {
        // A length without its body would let the next request on this connection, somebody else's, be read from its middle.
        const { 'content-length': length, ...others } = headers;
        const sized = body === undefined || length === undefined ? {} : { 'content-length': length };
        const asked = ask(new URL(path, url), { method, agent, headers: { ...others, ...sized, authorization: `Bearer ${token}`, 'x-sandbox-network': network } });
        asked.setTimeout(ANSWER_TIMEOUT_MS, () => asked.destroy(new Error('the sandbox does not answer')));
        asked.once('response', resolve);
        asked.on('error', reject);
        if (body === undefined) return void asked.end();
        // Ends what was begun when the sender goes away in the middle.
        pipeline(body, asked, (error) => (error instanceof Error ? reject(error) : undefined));
      }),
    close: () => agent.destroy(),
  };
};
