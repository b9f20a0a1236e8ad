import type { Random } from '../network/random.ts';

/** What a script chooses by. */
export interface Dice {
  /** From 0 to 1. */
  next: () => number;
  pick: <T>(list: readonly T[]) => T;
}

export const throwDice = (random: Random): Dice => ({
  next: () => random.word() / 2 ** 32,
  pick: (list) => {
    const chosen = list[random.below(list.length)];
    if (chosen === undefined) throw new Error('there is nothing to choose from');
    return chosen;
  },
});
