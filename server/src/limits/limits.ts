/** How much of what is let through, and what a count belongs to. */
export const limitTable = {
  /** Every request of one address. */
  address: { max: 1200, windowMs: 60_000 },
  /** One procedure that needs no sign-in, from one address. */
  public: { max: 30, windowMs: 60_000 },
  /** Tries of one account from one address. */
  signIn: { max: 10, windowMs: 15 * 60_000 },
  /** Tries of one account from everywhere: high, so that nobody can lock somebody else out easily. */
  signInAnywhere: { max: 100, windowMs: 15 * 60_000 },
  /** Codes tried for one account. */
  code: { max: 10, windowMs: 15 * 60_000 },
  /** Mails that one address, account or workspace may cause. */
  mail: { max: 20, windowMs: 60 * 60_000 },
  /** Procedure calls of one signed-in person. */
  member: { max: 1200, windowMs: 60_000 },
  /** Procedure calls of one API key. */
  key: { max: 600, windowMs: 60_000 },
} as const satisfies Record<string, { max: number; windowMs: number }>;

export type LimitTier = keyof typeof limitTable;

export interface Limits {
  /** Counts one; refuses with TOO_MANY_REQUESTS and the time to wait when there were too many. */
  spend: (tier: LimitTier, key: string) => Promise<void>;
}
