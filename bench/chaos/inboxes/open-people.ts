import type { Chat, Person } from '@waxos/contract/node-link/identities';

/** Which phone number goes with which LID, as far as anybody said so: a message known under both is one message. */
export interface People {
  learn: (person: Person) => void;
  isSame: (one: Person | undefined, other: Person | undefined) => boolean;
  isSameChat: (one: Chat, other: Chat) => boolean;
  /** One name for a person, by the LID where it is known. */
  nameOf: (person: Person) => string;
}

export const openPeople = (): People => {
  const lids = new Map<string, string>();
  const nameOf = ({ phone, lid }: Person): string => lid ?? (phone === undefined ? '' : (lids.get(phone) ?? `+${phone}`));
  const isSame: People['isSame'] = (one, other) => (one === undefined || other === undefined ? one === other : nameOf(one) === nameOf(other));
  return {
    learn: ({ phone, lid }) => {
      if (phone !== undefined && lid !== undefined) lids.set(phone, lid);
    },
    nameOf,
    isSame,
    isSameChat: (one, other) => {
      if (one.kind === 'group' || other.kind === 'group') return one.kind === 'group' && other.kind === 'group' && one.group === other.group;
      return isSame(one.person, other.person);
    },
  };
};
