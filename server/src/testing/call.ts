import type { PublicError } from '@waxos/contract/errors';

export const PUBLIC_ORIGIN = 'http://waxos.test';

/** Somebody's browser or program, as far as the gateway can tell. */
export interface Client {
  cookie?: string;
  workspaceId?: string;
  apiKey?: string;
}

export interface Answer {
  status: number;
  /** What the procedure returned; undefined when it refused. */
  data: unknown;
  error: PublicError | undefined;
  /** The session cookie that the answer set, '' when it took it away. */
  cookie: string | undefined;
}

export interface Call {
  query: (path: string, input: unknown, client?: Client) => Promise<Answer>;
  mutate: (path: string, input: unknown, client?: Client) => Promise<Answer>;
}

/** Calls procedures over HTTP as the page does; nothing is thrown, a refusal is an answer too. */
export const openCaller = (url: string): Call => ({
  query: async (path, input, client = {}) => {
    const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
    return answerOf(await fetch(`${url}/trpc/${path}${query}`, { headers: headersOf(client) }));
  },
  mutate: async (path, input, client = {}) => {
    const headers = { ...headersOf(client), origin: PUBLIC_ORIGIN, 'content-type': 'application/json' };
    return answerOf(await fetch(`${url}/trpc/${path}`, { method: 'POST', headers, ...(input === undefined ? {} : { body: JSON.stringify(input) }) }));
  },
});

const headersOf = ({ cookie, workspaceId, apiKey }: Client): Record<string, string> => ({
  ...(cookie === undefined ? {} : { cookie: `waxos_session=${cookie}` }),
  ...(workspaceId === undefined ? {} : { 'waxos-workspace': workspaceId }),
  ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
});

interface Body {
  result?: { data?: unknown };
  error?: PublicError | { data: { waxos: PublicError } };
}

const answerOf = async (response: Response): Promise<Answer> => {
  const body = (await response.json()) as Body;
  const error = body.error === undefined || !('data' in body.error) ? body.error : body.error.data.waxos;
  const setCookie = response.headers.getSetCookie().find((line) => line.startsWith('waxos_session='));
  const cookie = setCookie === undefined ? undefined : (/^waxos_session=([^;]*)/.exec(setCookie)?.[1] ?? '');
  return { status: response.status, data: body.result?.data, error, cookie };
};
