import { helloSchema, NODE_PROTOCOL, type Running, type Welcome } from '@waxos/contract/node-link/frames';
import type { Socket } from 'socket.io';
import type { Doors } from '../../db/tenant.ts';
import { findNodeByToken, type KnownNode } from '../nodes/find-node-by-token.ts';
import { claimLink, endLink } from './claim-link.ts';
import { holdNode, type HeldNode, type NodeParts } from './hold-node.ts';

export interface Greeting {
  gatewayId: string;
  /** The newest claim of each node here. */
  newestOf: (nodeId: string) => number;
  hold: (one: HeldNode) => void;
  welcomed: (nodeId: string, running: Running) => void;
  parts: NodeParts;
  helloMs: number;
}

type Refusal = Extract<Welcome, { ok: false }>;

const refuse = (why: Refusal['why'], text: string): Refusal => ({ ok: false, why, text });

/** By the token alone; the node is known from here on, whatever it calls itself. */
export const admitNode = async (doors: Pick<Doors, 'withSystem'>, socket: Socket): Promise<Error | undefined> => {
  const token: unknown = socket.handshake.auth['token'];
  const node = typeof token === 'string' ? await doors.withSystem('node-link', (tx) => findNodeByToken(tx, token)) : undefined;
  if (node === undefined) return Object.assign(new Error('token'), { data: refuse('token', 'The token is not known, or was revoked.') });
  socket.data = node;
  return undefined;
};

/** Waits for its hello, and answers it once. */
export const greetNode = (socket: Socket, greeting: Greeting): void => {
  const { log } = greeting.parts;
  const node = socket.data as KnownNode;
  const late = setTimeout(() => socket.disconnect(true), greeting.helloMs);
  socket.once('disconnect', () => clearTimeout(late));
  socket.once('hello', (raw: unknown, answer?: (welcome: Welcome) => void) => {
    clearTimeout(late);
    judgeHello(socket, { node, raw }, greeting)
      .then(({ said, begin }) => {
        answer?.(said);
        begin?.();
        if (said.ok) return;
        log.warn({ node: node.name, why: said.why, said: said.text }, 'node.refused');
        // Behind the answer, in the same socket.
        socket.disconnect(true);
      })
      .catch((error: unknown) => {
        log.error({ err: error, node: node.name }, 'a node could not be welcomed');
        socket.disconnect(true);
      });
  });
};

interface Judged {
  said: Welcome;
  begin?: () => void;
}

const judgeHello = async (socket: Socket, { node, raw }: { node: KnownNode; raw: unknown }, greeting: Greeting): Promise<Judged> => {
  const { parts, gatewayId } = greeting;
  const hello = helloSchema.safeParse(raw);
  // Another protocol may greet in other words.
  if (!hello.success || hello.data.protocol !== NODE_PROTOCOL) return { said: refuse('protocol', `This gateway speaks protocol ${NODE_PROTOCOL}.`) };
  if (hello.data.node !== node.name) return { said: refuse('token', `This token is the one of ${node.name}.`) };
  const claimed = await parts.doors.withSystem('node-link', (tx) => claimLink(tx, { nodeId: node.id, gatewayId, hello: hello.data }));
  if (claimed === undefined) return { said: refuse('token', 'The token was revoked.') };
  const { claim, now, leases } = claimed;
  if (greeting.newestOf(node.id) > claim.generation) return { said: refuse('replaced', 'The node has another connection by now.') };
  if (!socket.connected) {
    await parts.doors.withSystem('node-link', (tx) => endLink(tx, claim));
    throw new Error('the node left before it was welcomed');
  }
  const begin = (): void => {
    greeting.hold(holdNode(socket, { node, claim, leases }, parts));
    parts.log.info({ node: node.name, version: hello.data.version, generation: claim.generation }, 'node.linked');
    greeting.welcomed(node.id, hello.data.running);
  };
  return { said: { ok: true, now, have: leases.map(({ deviceId, epoch, through }) => ({ device: deviceId, epoch, seq: through })) }, begin };
};
