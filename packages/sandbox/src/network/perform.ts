import { acts, deviceActs, type ActArgs, type ActName } from '../acts/acts.ts';
import type { ActValue } from '../wire/results.ts';
import type { Act } from './act.ts';
import { actTable } from './act-table.ts';
import type { Core } from './core.ts';
import type { Actor } from './network.ts';
import { SandboxRefusal } from './refusal.ts';

/** What adds nothing to the ledger, or ends something: it is never refused for want of room. */
const costless: ReadonlySet<ActName> = new Set<ActName>([
  'contact.exists',
  'contact.get',
  'contact.about',
  'contact.groups',
  'contact.devices',
  'contact.business',
  'presence.get',
  'picture.get',
  'group.get',
  'group.inviteCode',
  'group.inviteInfo',
  'group.requests',
  'message.info',
  'link.preview',
  'call.makeLink',
  'call.end',
  'call.reject',
  'device.logOut',
]);

/** Whoever asks, and whatever they say: it is looked at before it is believed. */
export const perform = <N extends ActName>(core: Core, actor: Actor, { name, args }: { name: N; args: unknown }): ActValue<N> => {
  if (!Object.hasOwn(acts, name)) throw new SandboxRefusal('bad_request', `There is no act '${String(name)}'.`);
  checkActor(core, actor, name);
  if (!costless.has(name)) core.room?.check();
  const act: Act<N> = actTable[name];
  return act(core, actor, parseArgs(name, args));
};

const checkActor = (core: Core, { account, by }: Actor, name: ActName): void => {
  const found = core.state.accounts.get(account);
  if (found === undefined || found.removed) throw new SandboxRefusal('not_found', 'There is no such account in this network.');
  if (by === 'phone') {
    if (!found.online && name !== 'phone.online') throw new SandboxRefusal('unreachable', 'The phone is offline. Switch it online first.');
    return;
  }
  if (!found.devices.has(by.device)) throw new SandboxRefusal('gone', 'This device is not linked any more. Link it again.');
  if (!Object.hasOwn(deviceActs, name)) throw new SandboxRefusal('not_allowed', `Only the phone itself can do ${name}.`);
};

const parseArgs = <N extends ActName>(name: N, args: unknown): ActArgs<N> => {
  const parsed = acts[name].safeParse(args);
  if (parsed.success) return parsed.data as ActArgs<N>;
  const [issue] = parsed.error.issues;
  const path = issue?.path.join('.') ?? '';
  throw new SandboxRefusal('bad_request', `${name} does not take this${path === '' ? '' : ` as '${path}'`}: ${issue?.message ?? 'it is malformed'}. Correct it and try again.`);
};
