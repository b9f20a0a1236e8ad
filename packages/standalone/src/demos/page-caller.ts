import { z } from 'zod';

/**
 * Calls procedures over HTTP exactly as the page does, with its cookie and its origin, so that a demo can hold nothing that
 * a person could not have made.
 */
export interface PageCaller {
  query: (procedure: string) => Promise<unknown>;
  mutate: (procedure: string, input?: unknown) => Promise<unknown>;
  /** The same person, in one of their workspaces. */
  in: (workspaceId: string) => PageCaller;
}

export class Refused extends Error {
  override name = 'Refused';
}

const answerShape = z.union([
  // A procedure that gives nothing back has no `data` at all.
  z.object({ result: z.object({ data: z.unknown().optional() }) }),
  // Procedures say it in `message`, the gateway itself in `text`.
  z.object({ error: z.object({ message: z.string().optional(), text: z.string().optional() }) }),
]);

interface Session {
  url: string;
  origin: string;
  cookies: Map<string, string>;
  workspaceId?: string;
}

export const openPageCaller = (url: string, origin: string): PageCaller => callerOf({ url, origin, cookies: new Map() });

const callerOf = (session: Session): PageCaller => ({
  query: (procedure) => call(session, procedure, { method: 'GET' }),
  mutate: (procedure, input) => call(session, procedure, { method: 'POST', ...(input === undefined ? {} : { body: JSON.stringify(input) }) }),
  in: (workspaceId) => callerOf({ ...session, workspaceId }),
});

const call = async (session: Session, procedure: string, request: { method: string; body?: string }): Promise<unknown> => {
  const headers: Record<string, string> = { origin: session.origin, 'sec-fetch-site': 'same-origin', cookie: [...session.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  if (request.method === 'POST') headers['content-type'] = 'application/json';
  if (session.workspaceId !== undefined) headers['waxos-workspace'] = session.workspaceId;
  const response = await fetch(`${session.url}/trpc/${procedure}`, { ...request, headers, signal: AbortSignal.timeout(20_000) });
  for (const cookie of response.headers.getSetCookie()) {
    const [pair = ''] = cookie.split(';');
    const at = pair.indexOf('=');
    session.cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
  const answer = answerShape.parse(await response.json());
  if ('error' in answer) throw new Refused(`${procedure}: ${answer.error.message ?? answer.error.text ?? 'no reason given'}`);
  return answer.result.data;
};
