import type { Jid } from '../acts/addresses.ts';
import type { ActName } from '../acts/acts.ts';
import type { WireContact, WireGroup, WireLabel } from './stanzas.ts';

export interface PersonResult {
  person: Jid;
  code: 200 | 403 | 404 | 408 | 409 | 419;
  inviteCode?: string;
  inviteExpiresAt?: number;
}

interface Seen {
  who: Jid;
  at: number;
}

/** What each act answers, in the addresses of whoever asked; nothing where it is not named. */
export interface ActValues {
  'message.send': { id: string; at: number };
  'message.forward': { ids: string[] };
  'message.edit': { id: string; at: number };
  'message.info': { delivered: Seen[]; read: Seen[]; played: Seen[] };
  'contact.save': WireContact;
  'contact.exists': WireContact | null;
  'contact.get': WireContact;
  'contact.about': { about: string | null };
  'contact.groups': { groups: Jid[] };
  'contact.devices': { count: number };
  'contact.business': { description?: string; category?: string; website?: string[]; email?: string; address?: string } | null;
  'presence.get': { available: boolean; lastSeen?: number };
  'picture.get': { id: string; url: string } | null;
  'label.save': WireLabel;
  'call.makeLink': { url: string };
  'call.offer': { id: string };
  'link.preview': { title: string; description: string; canonicalUrl: string } | null;
  'group.create': { group: WireGroup; participants: PersonResult[] };
  'group.get': WireGroup;
  'group.add': { results: PersonResult[] };
  'group.remove': { results: PersonResult[] };
  'group.promote': { results: PersonResult[] };
  'group.demote': { results: PersonResult[] };
  'group.description': { id: string };
  'group.inviteCode': { code: string };
  'group.resetInvite': { code: string };
  'group.inviteInfo': { group: WireGroup; size: number };
  'group.join': { group: Jid; waits: boolean };
  'group.joinPrivately': { group: Jid };
  'group.requests': { requests: { person: Jid; at: number; by: Jid }[] };
  'group.decide': { results: PersonResult[] };
  'device.scan': { device: string };
  'device.enterCode': { device: string };
}

export type ActValue<N extends ActName> = N extends keyof ActValues ? ActValues[N] : Record<string, never>;
