import { compareLedger } from '@waxos/sandbox/driver/compare-ledger';
import type { LedgerEntry } from '@waxos/sandbox/network/ledger-entry';
import { isOver, type SendRow } from './open-send-book.ts';

/** What came of what was asked for, against what happened. Every list should be empty but those of the uncertain. */
export interface SendsVerdict {
  asked: number;
  sent: number;
  failed: number;
  /** No outcome came. */
  open: string[];
  /** Said to be sent, and never was. */
  phantom: string[];
  /** Said to have failed, and was sent. */
  denied: string[];
  /** There more than once, under its own id or another. */
  twice: string[];
  /** Sent by a device, and nobody asked for it. */
  unasked: string[];
  /** Said to be one thing and then another. */
  contradicted: string[];
  outOfOrder: string[];
  /** Nobody knew what became of them; here is what did. */
  uncertainSent: string[];
  uncertainUnsent: string[];
}

export const compareSends = (entries: readonly LedgerEntry[], { rows, devices }: { rows: readonly SendRow[]; devices: ReadonlySet<string> }): SendsVerdict => {
  const left = entries.flatMap((entry) => (entry.e === 'message.sent' && devices.has(entry.by) ? [entry] : []));
  const byId = Map.groupBy(left, ({ id }) => id);
  // Each text is said once, so that one that went under another id is known as well.
  const byText = Map.groupBy(left, ({ content }) => (content.kind === 'text' ? content.text : ''));
  const asked = new Set(rows.map(({ messageId }) => messageId));
  const is = (state: SendRow['state']): SendRow[] => rows.filter((row) => row.state === state);
  const isThere = ({ messageId, text }: SendRow): boolean => byId.has(messageId) || byText.has(text);
  const ids = (some: readonly SendRow[]): string[] => some.map(({ id }) => id);
  const inOrder = left.filter(({ id }) => asked.has(id));
  const wanted = rows.filter(isThere).map((row) => ({ conversation: `${row.device} ${row.conversation}`, id: row.messageId, author: row.device }));
  return {
    asked: rows.length,
    sent: is('sent').length,
    failed: is('failed').length,
    open: ids(rows.filter((row) => !isOver(row))),
    phantom: ids(is('sent').filter((row) => !isThere(row))),
    denied: ids(is('failed').filter(isThere)),
    twice: ids(rows.filter(({ messageId, text }) => (byId.get(messageId)?.length ?? 0) > 1 || (byText.get(text)?.length ?? 0) > 1)),
    unasked: left.filter(({ id }) => !asked.has(id)).map(({ id }) => id),
    contradicted: ids(rows.filter(({ outcomes }) => new Set(outcomes.flatMap(({ outcome }) => (outcome === 'sent' || outcome === 'failed' ? [outcome] : []))).size > 1)),
    outOfOrder: compareLedger(wanted, inOrder).outOfOrder.map(({ id }) => id),
    uncertainSent: ids(is('uncertain').filter(isThere)),
    uncertainUnsent: ids(is('uncertain').filter((row) => !isThere(row))),
  };
};
