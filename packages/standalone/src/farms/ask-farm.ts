import { AppError } from '@waxos/contract/app-error';
import type { Doors } from '@waxos/server/db/tenant';
import { listParked } from '@waxos/server/farm/link/list-parked';
import { addNode } from '@waxos/server/farm/nodes/add-node';
import { listNodes, type ListedNode } from '@waxos/server/farm/nodes/list-nodes';
import { readFarmCounts } from '@waxos/server/farm/nodes/read-farm-counts';
import { revokeNode } from '@waxos/server/farm/nodes/revoke-node';
import { rotateNodeToken } from '@waxos/server/farm/nodes/rotate-node-token';
import { setNodeMode, type NodeMode } from '@waxos/server/farm/nodes/set-node-mode';
import { BadStart } from '../bad-start.ts';

interface Asked {
  doors: Pick<Doors, 'withSystem'>;
  print: (line: string) => void;
}

type Deed = (asked: Asked, name: string) => Promise<void>;

const setMode =
  (mode: NodeMode, said: string): Deed =>
  async ({ doors, print }, name) => {
    await doors.withSystem('nodes', (tx) => setNodeMode(tx, { name, mode }));
    print(`${name} ${said}`);
  };

/** Each is done to the node that is named behind it. */
const deeds: Record<string, Deed> = {
  'nodes add': async ({ doors, print }, name) => {
    const { token } = await doors.withSystem('nodes', (tx) => addNode(tx, { name }));
    print(`${name} is added. Start it with NODE_NAME=${name} and this token, which is told only now:`);
    print(`NODE_TOKEN=${token}`);
  },
  'nodes rotate': async ({ doors, print }, name) => {
    const { token } = await doors.withSystem('nodes', (tx) => rotateNodeToken(tx, name));
    print(`${name} has a new token, which is told only now. The one before opens until the node has come with it:`);
    print(`NODE_TOKEN=${token}`);
  },
  'nodes revoke': async ({ doors, print }, name) => {
    await doors.withSystem('nodes', (tx) => revokeNode(tx, name));
    print(`${name} is revoked: its link ends, and its devices run elsewhere once their leases are over.`);
  },
  drain: setMode('draining', 'drains: its devices are closed one by one, and run elsewhere.'),
  cordon: setMode('cordoned', 'gets nothing more, and keeps what it has.'),
  ready: setMode('ready', 'takes devices again.'),
};

const usage = `Use one of: status; parked; nodes list; ${Object.keys(deeds).map((deed) => `${deed} NAME`).join('; ')}.`;

/** What `npm run farm` is asked: of the farm as a whole, or something for one node. */
export const askFarm = async (asked: Asked, args: readonly string[]): Promise<void> => {
  const question = args.join(' ');
  if (question === 'status') return printStatus(asked);
  if (question === 'parked') return printParked(asked);
  if (question === 'nodes list') return printNodes(asked);
  const deed = deeds[args.slice(0, -1).join(' ')];
  const name = args.at(-1);
  if (deed === undefined || name === undefined) throw new BadStart(usage);
  try {
    await deed(asked, name);
  } catch (error) {
    throw refusalOf(error, name);
  }
};

const refusalOf = (error: unknown, name: string): unknown => {
  if (!(error instanceof AppError)) return error;
  if (error.code === 'NOT_FOUND') return new BadStart(`There is no node ${name}.`);
  if (error.code === 'CONFLICT') return new BadStart(`There is a node ${name} already.`);
  if (error.code === 'BAD_INPUT') return new BadStart(`A node cannot be called ${name}: use small letters, digits, dots and dashes.`);
  return error;
};

const printStatus = async (asked: Asked): Promise<void> => {
  await printNodes(asked);
  const { devices, commands, parked } = await asked.doors.withSystem('nodes', readFarmCounts);
  asked.print(`devices: ${countsOf(devices)}`);
  asked.print(`commands: ${countsOf(commands)}`);
  asked.print(`parked events: ${parked}`);
};

const printParked = async ({ doors, print }: Asked): Promise<void> => {
  const parked = await doors.withSystem('nodes', listParked);
  if (parked.length === 0) print('Nothing is parked.');
  for (const { parkedAt, workspaceId, deviceId, epoch, seq, type, reason } of parked) print(`${parkedAt.toISOString()} workspace ${workspaceId} device ${deviceId} ${epoch}/${seq} ${type}: ${reason}`);
};

const countsOf = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([state, count]) => `${count} ${state}`)
    .join(', ') || 'none';

const printNodes = async ({ doors, print }: Asked): Promise<void> => {
  const nodes = await doors.withSystem('nodes', listNodes);
  if (nodes.length === 0) print('There are no nodes: npm run farm -- nodes add NAME');
  for (const node of nodes) print(describeNode(node));
};

const describeNode = ({ name, mode, gatewayId, leases, load, memoryBudgetBytes, version, seenAt }: ListedNode): string => {
  const there = gatewayId === null ? `away${seenAt === null ? '' : ` since ${seenAt.toISOString()}`}` : 'linked';
  const memory = load === null ? '' : `, ${inMegabytes(load.memoryBytes)} of ${inMegabytes(memoryBudgetBytes ?? load.budgetBytes)} MB`;
  return `${name}: ${there}, ${mode}, ${leases} ${leases === 1 ? 'device' : 'devices'}${memory}${version === null ? '' : `, version ${version}`}`;
};

const inMegabytes = (bytes: number): number => Math.round(bytes / 1_000_000);
