import type { CommandAnswer, CommandFrame } from '@waxos/contract/node-link/frames';
import { sql } from 'drizzle-orm';
import type { Doors } from '../../db/tenant.ts';
import { claimCommands, type Claimed } from './claim-commands.ts';

export interface GiveOptions {
  doors: Pick<Doors, 'withSystem'>;
  gatewayId: string;
  /** Over the link to the node, as long as this gateway holds it. */
  command: (nodeId: string, frame: CommandFrame) => Promise<CommandAnswer | 'away'>;
  now: () => number;
  /** So long a session may take over it: pace and typing included. */
  deadlineMs?: number;
}

/** These tell of no outcome of their own: that the session has them is all there is to know. */
const withoutOutcome: readonly Claimed['command']['type'][] = ['chat.read', 'chat.typing', 'chat.watch', 'group.fetch', 'media.fetch', 'picture.fetch', 'screenshot.take', 'call.reject'];

/** Gives what is due to whoever can do it; says how much that was. */
export const giveCommands = async (options: GiveOptions): Promise<number> => {
  const { doors, gatewayId } = options;
  const claimed = await doors.withSystem('dispatch', (tx) => claimCommands(tx, gatewayId));
  await Promise.all(claimed.map((one) => giveOne(options, one)));
  return claimed.length;
};

const giveOne = async (options: GiveOptions, claimed: Claimed): Promise<void> => {
  const answer = await options.command(claimed.nodeId, frameOf(options, claimed));
  // Whether it has it nobody knows: over its next link it is asked again under the same id.
  if (answer === 'away') return;
  if (!answer.taken) return putBack(options, claimed, answer.why);
  if (withoutOutcome.includes(claimed.command.type)) await end(options, claimed);
};

const frameOf = ({ now, deadlineMs = 5 * 60_000 }: GiveOptions, { id, deviceId, epoch, leaseUntil, command }: Claimed): CommandFrame => ({
  // A search for a message is another command than its sending, and one of each session.
  id: command.type === 'message.check' ? `${id}/${epoch}` : id,
  device: deviceId,
  epoch,
  leaseUntil: leaseUntil.getTime(),
  deadline: now() + deadlineMs,
  command,
});

const waitMs: Record<Exclude<CommandAnswer, { taken: true }>['why'], number> = { late: 0, lease: 1_000, epoch: 1_000, not_running: 1_000, draining: 2_000, failed: 10_000, invalid: 0 };

/** Nothing was begun, so it may be asked again; what no session of this release understands never will be. */
const putBack = async ({ doors }: GiveOptions, { workspaceId, id, epoch, command }: Claimed, why: keyof typeof waitMs): Promise<void> => {
  await doors.withSystem('dispatch', async (tx) => {
    if (command.type === 'message.check') {
      await tx.db.execute(sql`update device_commands set checked_epoch = null where workspace_id = ${workspaceId} and id = ${id} and state = 'checking' and checked_epoch = ${epoch}`);
      return;
    }
    const retryAt = new Date(tx.now.getTime() + waitMs[why]).toISOString();
    const state = why === 'invalid' ? 'cancelled' : 'waiting';
    await tx.db.execute(sql`
      update device_commands set state = ${state}, given_at = null, retry_at = ${retryAt}::timestamptz, ended_at = case when ${state} = 'cancelled' then ${tx.now.toISOString()}::timestamptz end
      where workspace_id = ${workspaceId} and id = ${id} and state = 'given' and given_epoch = ${epoch}`);
  });
};

const end = async ({ doors }: GiveOptions, { workspaceId, id }: Claimed): Promise<void> => {
  await doors.withSystem('dispatch', async (tx) => {
    await tx.db.execute(sql`update device_commands set state = 'done', ended_at = ${tx.now.toISOString()}::timestamptz where workspace_id = ${workspaceId} and id = ${id} and state = 'given'`);
  });
};
