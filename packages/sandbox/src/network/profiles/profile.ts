import { done, type Act } from '../act.ts';

export const name: Act<'profile.name'> = (core, { account }, args) => {
  core.happen({ e: 'account.changed', account, name: args.name });
  return done;
};

export const about: Act<'profile.about'> = (core, { account }, args) => {
  core.happen({ e: 'account.changed', account, about: args.about });
  return done;
};
