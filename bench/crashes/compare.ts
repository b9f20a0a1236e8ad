import type { PostBox } from '@waxos/server/testing/post-box';
import type postgres from 'postgres';
import type { Traffic } from './traffic.ts';

/** What the database, the mailboxes and the reader of events say about each other. Every count but the first block should be 0. */
export interface Verdict {
  invitations: number;
  resets: number;
  confirmed_but_missing: number;
  without_audit: number;
  without_event: number;
  events_doubled: number;
  without_mail: number;
  mails_shown_twice: number;
  /** Sent again under the same id after a crash between the mail server's answer and our note of it; mailboxes show one. */
  mails_sent_again: number;
  jobs_left: number;
  sequence_gaps: number;
  reader_skipped: number;
  reader_doubled: number;
}

export const compare = async (sql: postgres.Sql, postBox: PostBox, traffic: Traffic): Promise<Verdict> => {
  const invitations = await sql<{ id: string; email: string }[]>`select id, email from invitations`;
  const resets = await sql<{ id: string; email: string }[]>`select password_resets.id, email from password_resets join accounts on accounts.id = account_id`;
  const events = await sql<{ seq: string; invitation: string | null }[]>`select seq, event->>'invitationId' as invitation from workspace_events order by seq`;
  const audited = new Set((await sql<{ subject: string }[]>`select subject from audit_entries where action = 'member.invited'`).map((row) => row.subject));
  const [left] = await sql<{ jobs: number }[]>`select count(*)::int as jobs from jobs where finished_at is null`;

  const emails = new Set([...invitations, ...resets].map((row) => row.email));
  const announced = events.flatMap((row) => row.invitation ?? []);
  const mailed = postBox.letters.map((letter) => letter.messageId);
  const shown = [...new Set(mailed)];
  const mailOf = (start: string): number => shown.filter((id) => id.startsWith(`<${start}`)).length;
  const sequence = events.map((row) => Number(row.seq));
  return {
    invitations: invitations.length,
    resets: resets.length,
    confirmed_but_missing: [...traffic.invited.confirmed, ...traffic.resets.confirmed].filter((email) => !emails.has(email)).length,
    without_audit: invitations.filter((row) => !audited.has(row.email)).length,
    without_event: invitations.filter((row) => !announced.includes(row.id)).length,
    events_doubled: announced.length - new Set(announced).size,
    without_mail: invitations.filter((row) => mailOf(`invitation.${row.id}.`) === 0).length + resets.filter((row) => mailOf(`password-reset.${row.id}@`) === 0).length,
    mails_shown_twice: invitations.filter((row) => mailOf(`invitation.${row.id}.`) > 1).length,
    mails_sent_again: mailed.length - shown.length,
    jobs_left: left?.jobs ?? -1,
    sequence_gaps: sequence.filter((seq, index) => seq !== index + 1).length,
    reader_skipped: sequence.filter((seq) => !traffic.seen.includes(seq)).length,
    reader_doubled: traffic.seen.filter((seq, index) => seq !== index + 1).length,
  };
};
