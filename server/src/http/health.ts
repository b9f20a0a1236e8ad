import type { FastifyInstance } from 'fastify';

export interface Check {
  /** What is down where the look fails. */
  name: string;
  /** Gives another name where the part answers and something of it is wrong. */
  look: () => Promise<string | undefined>;
}

const LOOK_TIMEOUT_MS = 3_000;

/** /healthz: the process answers. /readyz: it can do its work, or names what is down; 503 too while it drains. */
export const addHealth = (app: FastifyInstance, { checks, isDraining }: { checks: readonly Check[]; isDraining: () => boolean }): void => {
  app.get('/healthz', async () => ({ status: 'ok' }));

  app.get('/readyz', async (_request, reply) => {
    const down = (await Promise.all(checks.map(findDown))).filter((name) => name !== undefined);
    if (isDraining()) down.push('draining');
    return reply.status(down.length === 0 ? 200 : 503).send({ status: down.length === 0 ? 'ready' : 'not ready', down });
  });
};

const findDown = async (check: Check): Promise<string | undefined> => {
  const limit = Promise.withResolvers<string>();
  const timer = setTimeout(() => limit.resolve(check.name), LOOK_TIMEOUT_MS);
  try {
    return await Promise.race([check.look(), limit.promise]);
  } catch {
    // Why it is down stands in the log of whoever tried to use it; here only that it is.
    return check.name;
  } finally {
    clearTimeout(timer);
  }
};
