import type { WireContact } from '../../wire/stanzas.ts';
import { createWid, type Wid } from '../ids/wid.ts';

/** Persons by either of their addresses. */
export interface People {
  /** What the network said of a person; undefined for a stranger. */
  known: (wid: Wid) => WireContact | undefined;
  learn: (wire: WireContact) => void;
  /** The address a chat with this person goes by, whichever of the two is given. */
  chatAddress: (wid: Wid) => Wid;
  phoneOf: (wid: Wid) => Wid | undefined;
  lidOf: (wid: Wid) => Wid | undefined;
  isMe: (wid: unknown) => boolean;
  /** One's own addresses, once linked. */
  myPhone: () => Wid | undefined;
  myLid: () => Wid | undefined;
}

export const openPeople = (me: () => { phone: string; lid: string } | undefined): People => {
  const people = new Map<string, WireContact>();
  const known = (wid: Wid): WireContact | undefined => people.get(wid.toString());
  return {
    known,
    learn: (wire) => {
      people.set(wire.lid, wire);
      people.set(wire.id, wire);
      if (wire.phone !== undefined) people.set(wire.phone, wire);
    },
    chatAddress: (wid) => createWid(known(wid)?.id ?? wid),
    phoneOf: (wid) => (wid.isLid() ? wished(known(wid)?.phone) : wid),
    lidOf: (wid) => (wid.isLid() ? wid : wished(known(wid)?.lid)),
    isMe: (wid) => [me()?.phone, me()?.lid].includes(String(wid)),
    myPhone: () => wished(me()?.phone),
    myLid: () => wished(me()?.lid),
  };
};

const wished = (address: string | undefined): Wid | undefined => (address === undefined ? undefined : createWid(address));
