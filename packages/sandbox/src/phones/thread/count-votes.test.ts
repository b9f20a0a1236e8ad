import { expect, test } from 'vitest';
import { countReactions, countVotes, toggleVote } from './count-votes.ts';

test("a person's last vote counts, and an empty one takes it back", () => {
  const votes = [
    { from: 'a', options: [0], at: 1 },
    { from: 'b', options: [0, 1], at: 2 },
    { from: 'a', options: [1], at: 4 },
    { from: 'c', options: [0], at: 3 },
    { from: 'c', options: [], at: 5 },
  ];
  expect(countVotes(['x', 'y'], votes)).toEqual([
    { option: 'x', voters: ['b'], share: 50 },
    { option: 'y', voters: ['a', 'b'], share: 100 },
  ]);
});

test('without votes every answer has a share of nothing', () => {
  expect(countVotes(['x'], undefined)).toEqual([{ option: 'x', voters: [], share: 0 }]);
});

test('a press chooses, chooses instead, or takes back', () => {
  expect(toggleVote([0], 1, false)).toEqual([1]);
  expect(toggleVote([2], 0, true)).toEqual([0, 2]);
  expect(toggleVote([0, 2], 2, true)).toEqual([0]);
});

test('reactions are counted by emoji, the most frequent first, and those taken back are gone', () => {
  const reactions = [
    { from: 'a', emoji: '🙏', at: 1 },
    { from: 'b', emoji: '👍', at: 2 },
    { from: 'c', emoji: '👍', at: 3 },
    { from: 'd', emoji: '', at: 4 },
  ];
  expect(countReactions(reactions)).toEqual([
    { emoji: '👍', from: ['b', 'c'] },
    { emoji: '🙏', from: ['a'] },
  ]);
});
