import type { FastifyInstance } from 'fastify';

interface Check {
  name: string;
  look: () => Promise<unknown>;
}

const LOOK_TIMEOUT_MS = 3_000;

/** /healthz: the process answers. /readyz: it can do its work, or names what is down; 503 too while it drains. */
export const addHealth = (app: FastifyInstance, { checks, isDraining }: { checks: readonly Check[]; isDraining: () => boolean }): void => {
  app.get('/healthz', async () => ({ status: 'ok' }));

  app.get('/readyz', async (_request, reply) => {
    const looked = await Promise.all(checks.map(async (check) => ((await isUp(check)) ? [] : [check.name])));
    const down = looked.flat();
    if (isDraining()) down.push('draining');
    return reply.status(down.length === 0 ? 200 : 503).send({ status: down.length === 0 ? 'ready' : 'not ready', down });
  });
};

const isUp = async (check: Check): Promise<boolean> => {
  const limit = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => limit.resolve(false), LOOK_TIMEOUT_MS);
  try {
    return await Promise.race([check.look().then(() => true), limit.promise]);
  } catch {
    // Why it is down stands in the log of whoever tried to use it; here only that it is.
    return false;
  } finally {
    clearTimeout(timer);
  }
};
