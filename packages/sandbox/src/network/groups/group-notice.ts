import type { Notice } from '../../wire/stanzas.ts';
import type { Core } from '../core.ts';
import { notice } from '../messages/notice.ts';
import { groupKey } from '../records/network-state.ts';

type GroupEvent = Extract<Notice, { kind: 'group' }>['event'];

interface Told {
  group: string;
  who: string;
  event: GroupEvent;
  /** Accounts; the ledger names them by LID. */
  people?: readonly string[];
  value?: string;
  only?: string;
}

/** What a group's thread tells of what was done to it. */
export const groupNotice = (core: Core, { group, who, event, people = [], value, only }: Told): void =>
  notice(core, {
    chat: groupKey(group),
    author: who,
    notice: { kind: 'group', event, people: people.map((account) => `${account}@lid`), ...(value === undefined ? {} : { value }) },
    ...(only === undefined ? {} : { only }),
  });
