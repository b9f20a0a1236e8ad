import type { Stanza } from '../../wire/stanzas.ts';
import type { AccountRecord } from '../records/account-record.ts';
import { addressOf } from './addresses.ts';
import { secondsOf } from './wire-key.ts';

export const pictureStanza = (viewer: AccountRecord, subject: AccountRecord, at: number): Stanza => ({
  s: 'picture',
  of: addressOf(viewer, subject),
  changedAt: secondsOf(at),
  removed: subject.picture === undefined,
});
