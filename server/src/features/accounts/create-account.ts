import { AppError } from '@waxos/contract/app-error';
import type { Locale } from '@waxos/contract/fields';
import { newId } from '../../db/ids.ts';
import { accounts } from '../../db/schema/accounts.ts';
import type { SystemTx } from '../../db/tenant.ts';

interface NewAccount {
  name: string;
  email: string;
  passwordHash: string;
  locale: Locale;
}

export const createAccount = async (tx: SystemTx, account: NewAccount): Promise<string> => {
  const [created] = await tx.db
    .insert(accounts)
    .values({ id: newId(), createdAt: tx.now, ...account })
    .onConflictDoNothing()
    .returning({ id: accounts.id });
  if (created === undefined) throw new AppError('CONFLICT');
  return created.id;
};
