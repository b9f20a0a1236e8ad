import { z } from 'zod';
import type { ActArgs, ActName } from '../acts/acts.ts';
import { faults, faultScope } from '../faults/faults.ts';
import type { Actor, NewAccount } from '../network/network.ts';
import { SandboxRefusal } from '../network/refusal.ts';
import type { DeviceSockets } from './device-sockets.ts';
import type { Networks } from './hold-networks.ts';
import type { Lobby } from './lobby.ts';
import { completeAccount, newAccount } from './new-account.ts';
import { isAct } from './phones-routes.ts';
import type { Weight } from './page-routes.ts';

export interface ControlParts {
  networks: Networks;
  lobby: Lobby;
  sockets: DeviceSockets;
  digits: (count: number) => string;
  setWeight: (weight: Weight) => void;
}

const LEDGER_PAGE = 1_000;
const network = z.string().min(1).max(200);
const account = z.string().min(1).max(40);
const device = z.string().min(1).max(128);
const actor = z.object({ account, by: z.union([z.literal('phone'), z.object({ device }).strict()]) }).strict();
const reason = z.enum(['logged_out', 'unpaired', 'conflict', 'banned', 'replaced', 'outdated']);
const none = z.object({}).strict();

const call = <S extends z.ZodType, V>(args: S, answer: (parts: ControlParts, args: z.output<S>) => V) => ({ args, answer });

/** Everything that a test or the product may ask of a sandbox, each by POST /control/<name>. Real-world time passes by itself. */
export const controlCalls = {
  'networks.list': call(none, ({ networks }) => networks.list().map((one) => ({ network: one.id, accounts: one.accounts().length, entries: one.ledger.size() }))),
  'accounts.list': call(z.object({ network }).strict(), ({ networks }, args) => networks.get(args.network).accounts()),
  'accounts.get': call(z.object({ network, account }).strict(), ({ networks }, args) => networks.get(args.network).view(args.account)),
  'accounts.add': call(z.object({ network, account: newAccount }).strict(), ({ networks, digits }, args) => {
    const held = networks.get(args.network);
    const taken = new Set(held.accounts().map(({ phone }) => phone));
    return held.addAccount(completeAccount(args.account, taken, digits) satisfies NewAccount);
  }),
  'accounts.remove': call(z.object({ network, account }).strict(), ({ networks }, args) => {
    networks.get(args.network).removeAccount(args.account);
    return {};
  }),
  'thread.read': call(z.object({ network, account, chat: z.string().max(128), before: z.string().optional(), limit: z.number().int().min(1).max(500) }).strict(), ({ networks }, { before, limit, ...args }) =>
    networks.get(args.network).thread(args.account, args.chat, before === undefined ? { limit } : { before, limit }),
  ),
  /** The client types it by the act: see `perform` of control-client.ts. */
  'act.perform': call(z.object({ network, actor, name: z.string(), args: z.unknown() }).strict(), ({ networks }, args): unknown => {
    if (!isAct(args.name)) throw new SandboxRefusal('not_found', 'There is no such act.');
    // The network parses the arguments, whoever they come from.
    return networks.get(args.network).perform(args.actor satisfies Actor, args.name, args.args as ActArgs<ActName>);
  }),
  'faults.set': call(z.object({ network, scope: faultScope, faults }).strict(), ({ networks }, args) => {
    networks.get(args.network).setFaults(args.scope, args.faults);
    return {};
  }),
  'faults.clear': call(z.object({ network, scope: faultScope }).strict(), ({ networks }, args) => {
    networks.get(args.network).clearFaults(args.scope);
    return {};
  }),
  'devices.list': call(z.object({ network: network.optional() }).strict(), ({ networks, sockets }, args) =>
    (args.network === undefined ? networks.list() : [networks.get(args.network)]).flatMap((one) =>
      one.accounts().flatMap((owner) =>
        owner.devices.map((held) => ({ ...held, network: one.id, account: owner.account, sockets: sockets.count(held.device), overlaps: sockets.overlaps(held.device) })),
      ),
    ),
  ),
  'device.expel': call(z.object({ device, reason }).strict(), ({ networks }, args) => {
    const found = networks.ofDevice(args.device);
    if (found === undefined) throw new SandboxRefusal('not_found', 'There is no such device.');
    found.expel(args.device, args.reason);
    return {};
  }),
  'lobby.list': call(none, ({ lobby }) => lobby.list()),
  'ledger.size': call(z.object({ network }).strict(), ({ networks }, args) => networks.get(args.network).ledger.size()),
  'ledger.read': call(z.object({ network, from: z.number().int().min(1), limit: z.number().int().min(1).max(LEDGER_PAGE) }).strict(), ({ networks }, args) =>
    networks.get(args.network).ledger.read(args.from, args.limit),
  ),
  'page.weigh': call(z.object({ weight: z.enum(['light', 'heavy']) }).strict(), ({ setWeight }, args) => {
    setWeight(args.weight);
    return {};
  }),
} as const;

export type ControlName = keyof typeof controlCalls;
export type ControlArgs<N extends ControlName> = z.input<(typeof controlCalls)[N]['args']>;
export type ControlValue<N extends ControlName> = ReturnType<(typeof controlCalls)[N]['answer']>;
