import { done, type Act } from '../act.ts';
import { catchUp } from '../messages/arrive-at-phones.ts';
import { getAccount } from '../records/network-state.ts';

export const setOnline: Act<'phone.online'> = (core, { account }, { online }) => {
  if (getAccount(core.state, account).online === online) return done;
  core.happen({ e: 'account.changed', account, online });
  if (!online) return done;
  catchUp(core, account);
  const owed = core.passing.owed.get(account) ?? [];
  core.passing.owed.delete(account);
  for (const pay of owed) pay();
  return done;
};
