import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Ledger } from '../network/network.ts';
import { SandboxRefusal } from '../network/refusal.ts';
import { holdsToken } from './admit-phones.ts';
import { controlCalls, type ControlName, type ControlParts } from './control-calls.ts';
import { readJson, sendJson, SignedOut, type Asked, type Route } from './routes.ts';

const followQuery = z.object({ network: z.string().min(1).max(200), from: z.coerce.number().int().min(1).default(1) });
const PAGE = 500;

/** One address for each call, and the ledger as a stream. Everything needs the control token. */
export const controlRoutes = (parts: ControlParts, token: string | undefined): Route[] => {
  const admit = ({ request }: Asked): void => {
    if (!holdsToken(request, token)) throw new SignedOut('The control API needs its token.');
  };
  return [
    {
      method: 'GET',
      path: '/control/ledger',
      answer: (asked) => {
        admit(asked);
        const { network, from } = followQuery.parse(Object.fromEntries(asked.url.searchParams));
        followLedger(parts.networks.get(network).ledger, from, asked.response);
      },
    },
    {
      method: 'POST',
      path: '/control/:name',
      answer: async (asked) => {
        admit(asked);
        const name = asked.params['name'] ?? '';
        if (!isCall(name)) throw new SandboxRefusal('not_found', 'There is no such call.');
        // What each call takes was parsed by its own schema just before it is given to it.
        const { args, answer } = controlCalls[name] as { args: z.ZodType; answer: (parts: ControlParts, args: unknown) => unknown };
        sendJson(asked.response, { value: answer(parts, args.parse(await readJson(asked.request))) });
      },
    },
  ];
};

const isCall = (name: string): name is ControlName => Object.hasOwn(controlCalls, name);

/** Entries as lines of JSON, from a number on and then as they happen, as fast as the reader reads. */
const followLedger = (ledger: Ledger, from: number, response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' });
  response.flushHeaders();
  let next = from;
  let full = false;
  const pump = (): void => {
    while (!full && !response.destroyed && next <= ledger.size()) {
      const entries = ledger.read(next, PAGE);
      next += entries.length;
      full = !response.write(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    }
  };
  const unwatch = ledger.watch(pump);
  response.on('drain', () => {
    full = false;
    pump();
  });
  response.on('close', unwatch);
  pump();
};
