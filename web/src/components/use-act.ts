import { useState } from 'react';
import { useToasts } from './toasts.tsx';

/** Runs one act at a time for a button or menu; a failure is said in a message that stays. */
export function useAct(): { busy: boolean; run: (act: () => Promise<void>) => void } {
  const { sayFailure } = useToasts();
  const [busy, setBusy] = useState(false);
  const run = async (act: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    try {
      await act();
    } catch (error) {
      sayFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return { busy, run: (act) => void run(act) };
}
