import { useCallback, useState } from 'react';
import { describeFailure } from '../words/describe-failure.ts';
import { useSpeech } from '../words/speech.tsx';

export interface Act {
  busy: boolean;
  /** Why the last try did not work, to be shown where the person is. */
  problem: string | undefined;
  /** Answers whether it worked. What was typed stays, so that it can be tried again. */
  run: (act: () => Promise<unknown>) => Promise<boolean>;
}

export function useAct(): Act {
  const { t } = useSpeech();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const run = useCallback(async (act: () => Promise<unknown>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await act();
      return true;
    } catch (error) {
      setProblem(describeFailure(error, t));
      return false;
    } finally {
      setBusy(false);
    }
  }, [t]);
  return { busy, problem, run };
}
