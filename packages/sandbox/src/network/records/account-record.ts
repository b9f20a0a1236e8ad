import type { NewAccount } from '../new-account.ts';
import type { WireLabel } from '../../wire/stanzas.ts';
import type { ChatSide } from './chat-record.ts';
import type { DeviceRecord } from './device-record.ts';
import type { MessageRecord } from './message-record.ts';

/** What one account keeps on another person. */
export interface ContactRecord {
  saved?: { firstName: string; lastName?: string };
  blocked: boolean;
  note?: string;
}

export interface Picture {
  id: string;
  small: string;
  large: string;
}

export interface AccountRecord {
  /** Digits of the LID: it stays. */
  account: string;
  phone: string;
  name: string;
  about: string;
  platform: 'android' | 'iphone';
  business?: NonNullable<NewAccount['business']>;
  addressing: 'phone' | 'lid';
  hidesPhone: boolean;
  groupInvites: 'everyone' | 'nobody';
  picture?: Picture;
  removed: boolean;
  online: boolean;
  /** Where the ledger stood when the phone went offline: it shows nothing newer. */
  offlineSince: number;
  /** Messages that the phone does not have yet, in order. */
  awaited: Set<MessageRecord>;
  contacts: Map<string, ContactRecord>;
  /** Of whom its devices were told. */
  met: Set<string>;
  /** Who has it in the address book. */
  savedBy: Set<string>;
  sides: Map<string, ChatSide>;
  groups: Set<string>;
  devices: Map<string, DeviceRecord>;
  labels: Map<string, WireLabel>;
}
