import type { SessionEvent } from '@waxos/contract/node-link/events';
import type { Chat } from '@waxos/contract/node-link/identities';

/**
 * Messages on their way out, as a gateway's outbox rows are.
 *
 *   queued ──asked──▶ asked ──a send.ended──▶ sent | failed | uncertain
 *                       └──its node died, or did not say──▶ checked (a message.check besides) ──▶ the same
 *
 * One of a conversation is on its way at a time. What came of a row first, stands; `uncertain` gives way to anything
 * that is known.
 */
export interface SendRow {
  id: string;
  device: string;
  /** The id that WhatsApp is to know it by. */
  messageId: string;
  chat: Chat;
  conversation: string;
  text: string;
  state: 'queued' | 'asked' | 'sent' | 'failed' | 'uncertain';
  reason?: string;
  /** Some frame of it may have reached a node. */
  mayBeThere: boolean;
  /** A node said that it has it. */
  taken: boolean;
  /** The commands that look for it; each is one under which an outcome may come. */
  checks: string[];
  /** Under which lease it was last asked or looked for. */
  epoch: number;
  deadline: number;
  /** Everything that was said of it, in the order of its coming. */
  outcomes: { outcome: string; by: 'send' | 'check' | 'gateway'; at: number }[];
}

export interface SendBook {
  add: (row: Pick<SendRow, 'id' | 'device' | 'messageId' | 'chat' | 'conversation' | 'text'>) => void;
  /** The first of each conversation of the device that is not at its end. */
  heads: (device: string) => SendRow[];
  rows: () => SendRow[];
  open: () => SendRow[];
  noteCheck: (row: SendRow, command: string) => void;
  commit: (event: Extract<SessionEvent, { type: 'send.ended' }>, atMs: number) => void;
  /** The gateway itself knows that it was not sent. */
  fail: (row: SendRow, reason: string, atMs: number) => void;
  /** Outcomes of commands that nobody asked for. */
  strays: () => number;
}

export const openSendBook = (): SendBook => {
  const rows: SendRow[] = [];
  const byCommand = new Map<string, SendRow>();
  const lanes = new Map<string, Map<string, SendRow[]>>();
  let strays = 0;
  const conclude = (row: SendRow, state: 'sent' | 'failed' | 'uncertain', reason?: string): void => {
    if (isOver(row) && row.state !== 'uncertain') return;
    Object.assign(row, { state, ...(reason === undefined ? {} : { reason }) });
  };
  return {
    add: (wanted) => {
      const row: SendRow = { ...wanted, state: 'queued', mayBeThere: false, taken: false, checks: [], epoch: 0, deadline: 0, outcomes: [] };
      rows.push(row);
      byCommand.set(row.id, row);
      const ofDevice = lanes.get(row.device) ?? new Map<string, SendRow[]>();
      lanes.set(row.device, ofDevice);
      ofDevice.set(row.conversation, [...(ofDevice.get(row.conversation) ?? []), row]);
    },
    heads: (device) => {
      const ofDevice = lanes.get(device) ?? new Map<string, SendRow[]>();
      for (const [conversation, lane] of ofDevice) {
        const from = lane.findIndex((row) => !isOver(row));
        if (from === -1) ofDevice.delete(conversation);
        else if (from > 0) ofDevice.set(conversation, lane.slice(from));
      }
      return [...ofDevice.values()].flatMap(([first]) => first ?? []);
    },
    rows: () => rows,
    open: () => rows.filter((row) => !isOver(row)),
    noteCheck: (row, command) => {
      row.checks.push(command);
      byCommand.set(command, row);
    },
    commit: ({ command, result }, at) => {
      const row = byCommand.get(command);
      if (row === undefined) {
        strays += 1;
        return;
      }
      row.outcomes.push({ outcome: result.outcome, by: command === row.id ? 'send' : 'check', at });
      if (result.outcome !== 'checking') conclude(row, result.outcome, 'reason' in result ? result.reason : undefined);
    },
    fail: (row, reason, at) => {
      row.outcomes.push({ outcome: 'failed', by: 'gateway', at });
      conclude(row, 'failed', reason);
    },
    strays: () => strays,
  };
};

export const isOver = ({ state }: Pick<SendRow, 'state'>): boolean => state === 'sent' || state === 'failed' || state === 'uncertain';
