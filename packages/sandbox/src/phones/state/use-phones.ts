import { createContext, use, useSyncExternalStore } from 'react';
import type { Phones } from './phones.ts';
import type { State } from './phones-state.ts';

export const PhonesContext = createContext<Phones | undefined>(undefined);

export function usePhones(): Phones {
  const phones = use(PhonesContext);
  if (phones === undefined) throw new Error('usePhones was called outside of its context.');
  return phones;
}

/** A part of the state; it must be the same object as long as it has not changed. */
export function usePart<T>(pick: (state: State) => T): T {
  const { watch, read } = usePhones();
  return useSyncExternalStore(watch, () => pick(read()));
}
