import type { ThreadMessage } from '../../network/phone-view.ts';

export interface Choice {
  option: string;
  voters: string[];
  /** 0 to 100 of those who voted at all. */
  share: number;
}

/** A person's last vote counts; an empty one takes it back. */
export function countVotes(options: readonly string[], votes: ThreadMessage['votes'] = []): Choice[] {
  const last = new Map(votes.toSorted((a, b) => a.at - b.at).map((vote) => [vote.from, vote.options]));
  const voters = [...last].filter(([, chosen]) => chosen.length > 0);
  return options.map((option, index) => {
    const forIt = voters.filter(([, chosen]) => chosen.includes(index)).map(([who]) => who);
    return { option, voters: forIt, share: voters.length === 0 ? 0 : Math.round((forIt.length / voters.length) * 100) };
  });
}

/** The place in the list that a click adds or takes away. */
export function toggleVote(chosen: readonly number[], index: number, several: boolean): number[] {
  if (chosen.includes(index)) return chosen.filter((one) => one !== index);
  return several ? [...chosen, index].sort((a, b) => a - b) : [index];
}

export interface ReactionCount {
  emoji: string;
  from: string[];
}

export function countReactions(reactions: ThreadMessage['reactions'] = []): ReactionCount[] {
  const groups = Map.groupBy(
    reactions.filter(({ emoji }) => emoji !== ''),
    ({ emoji }) => emoji,
  );
  return [...groups].map(([emoji, those]) => ({ emoji, from: those.map(({ from }) => from) })).sort((a, b) => b.from.length - a.from.length);
}
