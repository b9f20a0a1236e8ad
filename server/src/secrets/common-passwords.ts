import { dictionary } from '@zxcvbn-ts/language-common';

/** Some 50,000 passwords that lists of stolen ones hold most often. */
const common = new Set(dictionary['passwords-common']);

/** Also with a year or an exclamation mark behind it, or twice in a row: the first things a guesser tries. */
export const isCommonPassword = (password: string): boolean => {
  const lower = password.toLowerCase();
  const bare = lower.replace(/[\d\W_]{1,6}$/u, '');
  const half = lower.slice(0, lower.length / 2);
  return common.has(lower) || (bare.length > 0 && common.has(bare)) || (half + half === lower && common.has(half)) || new Set(lower).size < 4;
};
