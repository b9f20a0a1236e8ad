import { PASSWORD } from '../people.ts';

let count = 0;

/** An address that nobody had before. */
export const newAddress = (): string => {
  count += 1;
  return `newcomer${count}@example.com`;
};

/** What somebody new fills in at sign-up. */
export const newcomer = () => ({ name: 'A newcomer', email: newAddress(), password: PASSWORD, workspaceName: 'Quay', locale: 'en' });
