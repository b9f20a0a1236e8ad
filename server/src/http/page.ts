import fastifyStatic from '@fastify/static';
import { AppError } from '@waxos/contract/app-error';
import type { FastifyInstance } from 'fastify';

/** Where another server delivers the page, there is nothing here but the API. */
export const addNoPage = (app: FastifyInstance): void => {
  app.setNotFoundHandler(async () => {
    throw new AppError('NOT_FOUND');
  });
};

/** The built page. Files with a hash in their name never change; every address a page could have gets index.html. */
export const addPage = async (app: FastifyInstance, webDir: string): Promise<void> => {
  await app.register(fastifyStatic, {
    root: webDir,
    wildcard: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.setNotFoundHandler(async (request, reply) => {
    const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html') && !request.url.startsWith('/assets/');
    if (!isPage) throw new AppError('NOT_FOUND');
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  });
};
