import { createContext, use } from 'react';
import type { ActArgs, ActName } from '../../acts/acts.ts';
import type { AccountView } from '../../network/phone-view.ts';
import type { ActValue } from '../../wire/results.ts';
import { usePhones } from '../state/use-phones.ts';
import type { PhoneDialog } from './phone-dialog.ts';

interface Held {
  phone: AccountView;
  openChat: (jid: string) => void;
  closeChat: () => void;
  openDialog: (dialog: PhoneDialog) => void;
}

export const PhoneContext = createContext<Held | undefined>(undefined);

/** The phone whose screen this stands on. */
export function usePhone(): Held & { perform: <N extends ActName>(name: N, args: ActArgs<N>) => Promise<ActValue<N>> } {
  const held = use(PhoneContext);
  const phones = usePhones();
  if (held === undefined) throw new Error('usePhone was called outside of a phone.');
  return { ...held, perform: (name, args) => phones.perform(held.phone.account, name, args) };
}
