import type { AccountView, ThreadMessage } from '../../network/phone-view.ts';
import type { Notice } from '../../wire/stanzas.ts';
import { formatAddress, isMe, personName } from '../state/people.ts';
import type { Key } from '../words/dictionary.ts';
import type { Translate } from '../words/translate.ts';
import type { Times } from '../words/times.ts';

interface Told {
  view: AccountView;
  message: ThreadMessage;
  t: Translate;
  times: Times;
}

const nameOf = ({ view, t }: Told, jid: string): string => (isMe(view, jid) ? t('thread.you') : personName(view, jid));

/** What happened, as a sentence in the middle of the thread. */
export function noticeText(notice: Notice, told: Told): string {
  const { t, message, view } = told;
  switch (notice.kind) {
    case 'group':
      return groupText(notice, told);
    case 'number':
      return t('notice.number', { name: personName(view, notice.to), from: formatAddress(notice.from), to: formatAddress(notice.to) });
    case 'call':
      return callText(notice, message.key.fromMe, t);
    case 'disappear':
      return notice.after === 0 ? t('notice.disappearOff') : t('notice.disappear', { count: Math.max(1, Math.round(notice.after / 86_400)) });
    case 'encryption':
      return t('notice.encryption');
  }
}

type GroupNotice = Extract<Notice, { kind: 'group' }>;

const withPeople = { add: 'notice.add', remove: 'notice.remove', promote: 'notice.promote', demote: 'notice.demote' } as const satisfies Partial<Record<GroupNotice['event'], Key>>;
const alone = {
  invite: 'notice.invite',
  leave: 'notice.leave',
  description: 'notice.description',
  picture: 'notice.picture',
  announce: 'notice.announce',
  restrict: 'notice.restrict',
  adminsAdd: 'notice.adminsAdd',
  approval: 'notice.approval',
  request: 'notice.request',
  revoke_invite: 'notice.revokeInvite',
} as const satisfies Partial<Record<GroupNotice['event'], Key>>;

function groupText(notice: GroupNotice, told: Told): string {
  const { t, message } = told;
  const by = message.key.fromMe ? t('thread.you') : message.key.participant === undefined ? message.authorName : nameOf(told, message.key.participant);
  const people = notice.people.map((jid) => nameOf(told, jid)).join(', ');
  const { event, value = '' } = notice;
  if (event === 'create') return t('notice.create', { by, subject: value });
  if (event === 'subject') return t('notice.subject', { by, subject: value });
  if (event === 'add' || event === 'remove' || event === 'promote' || event === 'demote') return t(withPeople[event], { by, people });
  if (event === 'leave' || event === 'invite' || event === 'request') return t(alone[event], { by: people === '' ? by : people });
  return t(alone[event], { by });
}

function callText({ outcome, video }: Extract<Notice, { kind: 'call' }>, fromMe: boolean, t: Translate): string {
  const what = video ? t('call.video') : t('call.voice');
  if (outcome === 'answered') return t('notice.callAnswered', { what });
  if (outcome === 'rejected') return t('notice.callRejected', { what });
  return fromMe ? t('notice.callUnanswered', { what }) : t('notice.callMissed', { what });
}
