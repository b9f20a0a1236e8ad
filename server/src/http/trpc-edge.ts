import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { appRouter, type AppRouter } from '../router.ts';
import type { Services } from '../services.ts';
import { openRequestContext } from '../trpc/request-context.ts';
import { readSignInCookie, writeSignInCookie } from './sign-in-cookie.ts';

const USER_AGENT_LENGTH = 300;
const BATCH_MAX = 20;

export const addTrpc = async (app: FastifyInstance, services: Services, { secure }: { secure: boolean }): Promise<void> => {
  const trpcOptions: FastifyTRPCPluginOptions<AppRouter>['trpcOptions'] = {
    router: appRouter,
    maxBatchSize: BATCH_MAX,
    // Queries may come by POST, so that a secret in their input, such as a link's, stands in no address and no log.
    allowMethodOverride: true,
    createContext: ({ req, res }) =>
      openRequestContext(services, {
        requestId: req.id,
        address: req.ip,
        userAgent: (req.headers['user-agent'] ?? '').slice(0, USER_AGENT_LENGTH),
        signInToken: readSignInCookie(req, secure),
        apiKey: bearerOf(req),
        workspaceId: headerOf(req, 'waxos-workspace'),
        setSignInSession: (session) => writeSignInCookie(res, secure, session),
      }),
    // What a procedure answers belongs to one person at one moment.
    responseMeta: () => ({ headers: { 'cache-control': 'no-store' } }),
    onError: ({ error, path, req }) => {
      if (error.code === 'INTERNAL_SERVER_ERROR') req.log.error({ err: error.cause ?? error, path }, 'procedure broke');
    },
  };
  // A streamed answer sends its headers before a procedure could set the session cookie: nobody gets one.
  app.addHook('onRequest', async (request) => {
    delete request.headers['trpc-accept'];
  });
  await app.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions });
};

const headerOf = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
};

const bearerOf = (request: FastifyRequest): string | undefined => /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
