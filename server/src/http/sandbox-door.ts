import type { IncomingMessage } from 'node:http';
import { PassThrough, Readable } from 'node:stream';
import { AppError } from '@waxos/contract/app-error';
import { errorTable } from '@waxos/contract/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { MemberActor } from '../db/actor.ts';
import { getAccount } from '../features/accounts/get-account.ts';
import type { Services } from '../services.ts';
import { findActor } from '../trpc/find-actor.ts';
import { findCaller } from '../trpc/find-caller.ts';
import { openRequestContext, type RequestContext } from '../trpc/request-context.ts';
import { toPublicError } from '../trpc/public-error.ts';
import type { SandboxLine } from './ask-sandbox.ts';
import { readSignInCookie } from './sign-in-cookie.ts';

interface DoorOptions {
  services: Services;
  secure: boolean;
  line: SandboxLine;
  /** After so long a stream of changes ends, and its reader comes in again by the door, if still allowed to. */
  streamMs?: number;
}

const STREAM_MS = 60_000;
const MEDIA_BYTES_MAX = 100 * 1024 * 1024;
const READS = new Set(['GET', 'HEAD']);
const UPWARD = ['accept', 'content-type', 'content-length', 'range', 'if-none-match'];
const DOWNWARD = ['content-type', 'content-length', 'content-range', 'accept-ranges', 'cache-control', 'content-disposition', 'content-security-policy', 'etag', 'referrer-policy', 'x-accel-buffering'];

type Addressed = FastifyRequest<{ Params: { workspaceId: string; '*': string } }>;

/**
 * The pretend phones of a workspace, at /sandbox/<workspace>/: only its members get in, viewers only to look. Each workspace
 * has a network of its own in the sandbox, so nobody can see or reach another's phones.
 */
export const addSandboxDoor = async (app: FastifyInstance, { services, secure, line, streamMs = STREAM_MS }: DoorOptions): Promise<void> => {
  const streams = new Set<PassThrough>();
  app.addHook('preClose', async () => {
    for (const stream of streams) stream.end();
  });
  app.addHook('onClose', async () => line.close());

  await app.register(async (door) => {
    // What a member sends goes on as it comes: nothing here reads it.
    door.removeAllContentTypeParsers();
    door.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    door.setErrorHandler(refuse);

    door.get('/sandbox', (request, reply) => goToWorkspace(reply, openContext(services, request, { secure })));
    door.get('/sandbox/', (request, reply) => goToWorkspace(reply, openContext(services, request, { secure })));
    door.get('/sandbox/:workspaceId', async (request: Addressed, reply) => reply.redirect(`/sandbox/${encodeURIComponent(request.params.workspaceId)}/`));
    door.route({
      method: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
      url: '/sandbox/:workspaceId/*',
      bodyLimit: MEDIA_BYTES_MAX,
      handler: async (request: Addressed, reply) => {
        const actor = await admit(services, request, secure);
        // PostgreSQL takes an id in capitals for the same one, so the network's name must be written one way.
        const answer = await askOrNothing(line, request, actor.workspaceId.toLowerCase());
        if (answer === undefined) return reply.status(503).send(publicForm('UNAVAILABLE', 'The sandbox does not answer just now. Try again in a moment.', request.id));
        for (const name of DOWNWARD) if (answer.headers[name] !== undefined) reply.header(name, answer.headers[name]);
        return reply.status(answer.statusCode ?? 502).send(isStream(answer) ? endLater(answer, streams, streamMs) : answer);
      },
    });
  });
};

const openContext = (services: Services, request: FastifyRequest, { secure, workspaceId }: { secure: boolean; workspaceId?: string }): RequestContext =>
  openRequestContext(services, {
    requestId: request.id,
    address: request.ip,
    userAgent: '',
    signInToken: readSignInCookie(request, secure),
    // A key is a program's; phones are held by people.
    apiKey: undefined,
    workspaceId,
    setSignInSession: () => undefined,
  });

const admit = async (services: Services, request: Addressed, secure: boolean): Promise<MemberActor> => {
  const actor = await findActor(openContext(services, request, { secure, workspaceId: request.params.workspaceId }));
  if (actor.kind !== 'member') throw new AppError('SIGNED_OUT');
  if (READS.has(request.method)) return actor;
  await services.limits.spend('member', actor.accountId);
  if (actor.role === 'viewer') throw new AppError('FORBIDDEN');
  return actor;
};

/** Without a workspace in the address: the first of theirs. */
const goToWorkspace = async (reply: FastifyReply, context: RequestContext): Promise<FastifyReply> => {
  const { accountId } = await findCaller(context);
  const { workspaces } = await context.doors.withSystem('sign-in', (tx) => getAccount(tx, accountId, context.signUpOpen));
  const [first] = workspaces;
  return reply.redirect(first === undefined ? '/' : `/sandbox/${first.id}/`);
};

const askOrNothing = async (line: SandboxLine, request: Addressed, network: string): Promise<IncomingMessage | undefined> => {
  const path = pathOf(request);
  const headers = Object.fromEntries(UPWARD.flatMap((name) => (typeof request.headers[name] === 'string' ? [[name, request.headers[name]]] : [])));
  const body = request.body instanceof Readable ? request.body : undefined;
  try {
    return await line.ask({ network, method: request.method, path, headers, body });
  } catch (error) {
    request.log.warn({ err: error }, 'the sandbox does not answer');
    return undefined;
  }
};

/** Of all that the sandbox serves only what is below /phones/, however many dots are in the address. */
const pathOf = ({ raw }: Addressed): string => {
  const rest = /^\/sandbox\/[^/]+\/(.*)$/s.exec(raw.url ?? '')?.[1] ?? '';
  const url = URL.canParse(`https://sandbox/phones/${rest}`) ? new URL(`https://sandbox/phones/${rest}`) : undefined;
  if (url === undefined || url.host !== 'sandbox' || !url.pathname.startsWith('/phones/')) throw new AppError('NOT_FOUND');
  return `${url.pathname}${url.search}`;
};

const isStream = ({ headers }: IncomingMessage): boolean => (headers['content-type'] ?? '').startsWith('text/event-stream');

/** Whoever was shown out meanwhile is out when the stream ends; everyone else's browser asks again by itself. */
const endLater = (stream: IncomingMessage, streams: Set<PassThrough>, streamMs: number): PassThrough => {
  const out = new PassThrough();
  streams.add(out);
  const end = (): void => {
    stream.unpipe(out);
    out.end();
  };
  const timer = setTimeout(end, streamMs);
  // Whichever end is gone first takes the other along.
  stream.pipe(out);
  stream.on('error', end);
  stream.once('close', end);
  out.once('close', () => {
    clearTimeout(timer);
    streams.delete(out);
    stream.destroy();
  });
  return out;
};

/** The phones' page reads code and text at the top, as the sandbox itself says them. */
const publicForm = (code: 'UNAVAILABLE', text: string, requestId: string) => ({ code, text, error: { code, text, retryable: errorTable[code].retryable, requestId, fields: [] } });

const refuse = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const body = toPublicError(error, request.id);
  const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
  if (body.code === 'SIGNED_OUT' && isPage) return reply.redirect(`/sign-in?next=${encodeURIComponent(request.url)}`);
  if (body.code === 'BUG') request.log.error({ err: error }, 'request broke');
  if (body.retryAfterMs !== undefined) reply.header('retry-after', Math.ceil(body.retryAfterMs / 1000));
  return reply.status(errorTable[body.code].status).send({ code: body.code, text: body.text, error: body });
};
