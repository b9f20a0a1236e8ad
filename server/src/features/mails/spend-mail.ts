import type { Limits } from '../../limits/limits.ts';

/** A mail counts for everybody who could cause or suffer a flood of them: who asks, from where, and whose mailbox it is. */
export const spendMail = async ({ limits }: { limits: Limits }, causes: readonly string[]): Promise<void> => {
  for (const cause of causes) await limits.spend('mail', cause);
};
