import type { Clock } from '@waxos/process/clock';
import type { FastifyInstance, FastifyRequest } from 'fastify';

export interface Check {
  /** What is down where the look fails. */
  name: string;
  /** Gives another name where the part answers and something of it is wrong. */
  look: () => Promise<string | undefined>;
}

const LOOK_TIMEOUT_MS = 3_000;

/** As long one look answers everybody: probes cost no limit, and must not be a way to keep the database busy either. */
const LOOK_AGAIN_MS = 1_000;
const PROBES = new Set(['/healthz', '/readyz']);

/** What asks after our health, often and from few addresses: it spends no rate limit. */
export const isProbe = (request: FastifyRequest): boolean => PROBES.has(request.routeOptions.url ?? '');

interface HealthOptions {
  checks: readonly Check[];
  isDraining: () => boolean;
  clock: Clock;
}

/** /healthz: the process answers. /readyz: it can do its work, or names what is down; 503 too while it drains. */
export const addHealth = (app: FastifyInstance, { checks, isDraining, clock }: HealthOptions): void => {
  app.get('/healthz', async () => ({ status: 'ok' }));

  let looked: { at: number; down: Promise<string[]> } | undefined;
  const look = (): Promise<string[]> => {
    const now = clock.now().getTime();
    // Also when the clock was set back, which would else keep an old answer for as long.
    if (looked === undefined || Math.abs(now - looked.at) >= LOOK_AGAIN_MS) looked = { at: now, down: listDown(checks) };
    return looked.down;
  };
  app.get('/readyz', async (_request, reply) => {
    const down = [...(await look()), ...(isDraining() ? ['draining'] : [])];
    return reply.status(down.length === 0 ? 200 : 503).send({ status: down.length === 0 ? 'ready' : 'not ready', down });
  });
};

const listDown = async (checks: readonly Check[]): Promise<string[]> => (await Promise.all(checks.map(findDown))).filter((name) => name !== undefined);

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
