import { phoneNumber } from '../../acts/addresses.ts';
import type { Core } from '../core.ts';
import type { NewAccount } from '../new-account.ts';
import { SandboxRefusal } from '../refusal.ts';

export const addAccount = (core: Core, added: NewAccount): string => {
  core.room?.check();
  if (!phoneNumber.safeParse(added.phone).success) throw new SandboxRefusal('bad_request', `'${added.phone}' is no phone number. Give 7 to 15 digits with the country code.`);
  if (core.state.byPhone.has(added.phone)) throw new SandboxRefusal('conflict', `The number ${added.phone} is taken. Choose another one.`);
  if (added.lid !== undefined && !/^\d{5,20}$/.test(added.lid)) throw new SandboxRefusal('bad_request', `'${added.lid}' is no LID. Give 5 to 20 digits, or leave it out.`);
  if (added.lid !== undefined && core.state.accounts.has(added.lid)) throw new SandboxRefusal('conflict', `The LID ${added.lid} is taken. Choose another one.`);
  const account = added.lid ?? newLid(core);
  core.happen({ e: 'account.added', account, added });
  return account;
};

const newLid = (core: Core): string => {
  let lid = core.random.digits(15);
  while (core.state.accounts.has(lid) || core.state.byPhone.has(lid)) lid = core.random.digits(15);
  return lid;
};
