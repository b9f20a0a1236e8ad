import cookie from '@fastify/cookie';
import { AppError } from '@waxos/contract/app-error';
import { errorTable } from '@waxos/contract/errors';
import type { Log } from '@waxos/process/log';
import fastify, { LogController, type FastifyBaseLogger, type FastifyError, type FastifyInstance } from 'fastify';
import { newId } from '../db/ids.ts';
import { toPublicError } from '../trpc/public-error.ts';

const BODY_BYTES_MAX = 1_048_576;
/** A node may take five minutes over a file; headers have a minute, as Node has it. */
const REQUEST_TIMEOUT_MS = 330_000;

interface AppOptions {
  log: Log;
  trustProxy: string[] | undefined;
}

/** Fastify with our ids, our log and our one form of an error; what it serves is added by the composition root. */
export const buildApp = async ({ log, trustProxy }: AppOptions): Promise<FastifyInstance> => {
  const logger: FastifyBaseLogger = log;
  const app = fastify({
    loggerInstance: logger,
    // Requests are counted by the metrics; a line for each would drown the lines that matter.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => newId(),
    trustProxy: trustProxy ?? false,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: 5_000 },
    // Idle keep-alive connections are closed while draining; busy ones finish.
    forceCloseConnections: 'idle',
  });
  await app.register(cookie);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  endConnectionsWhileClosing(app);
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = asRefusal(error);
    if (!(refusal instanceof AppError)) request.log.error({ err: error }, 'request broke');
    const body = toPublicError(refusal, request.id);
    if (body.retryAfterMs !== undefined) reply.header('retry-after', Math.ceil(body.retryAfterMs / 1000));
    return reply.status(errorTable[body.code].status).send({ error: body });
  });
  return app;
};

/** A connection whose request is answered while draining would be kept alive for the next one, and hold the drain up. */
const endConnectionsWhileClosing = (app: FastifyInstance): void => {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close');
  });
};

/** Fastify's own complaints about a request, such as a body that is too large, are the sender's to mend. */
const asRefusal = (error: FastifyError): unknown => {
  if (error instanceof AppError || error.statusCode === undefined) return error;
  if (error.statusCode === 429) return new AppError('TOO_MANY_REQUESTS', { cause: error });
  return error.statusCode >= 400 && error.statusCode < 500 ? new AppError('BAD_INPUT', { cause: error }) : error;
};
