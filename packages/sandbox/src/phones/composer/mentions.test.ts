import { expect, test } from 'vitest';
import { findMembers, nameMentions, putMention, resolveMentions, wantedMention } from './mentions.ts';

const ana = { jid: '5511987654321@c.us', name: 'Ana Costa' };
const anaMaria = { jid: '700@lid', name: 'Ana' };

test('an at-sign at the start of a word asks for members, one inside of a word does not', () => {
  expect(wantedMention('hi @an', 6)).toBe('an');
  expect(wantedMention('@', 1)).toBe('');
  expect(wantedMention('mail a@an', 9)).toBeUndefined();
  expect(wantedMention('hi @an there', 12)).toBeUndefined();
});

test('members are found by the start of any of their names', () => {
  expect(findMembers([ana, anaMaria], 'cos')).toEqual([ana]);
  expect(findMembers([ana, anaMaria], 'AN')).toEqual([ana, anaMaria]);
});

test('the name takes the place of what was typed, and the rest stays', () => {
  expect(putMention('hi @an!', 6, 'Ana Costa')).toEqual({ text: 'hi @Ana Costa !', caret: 14 });
});

test('names become digits on the wire, the longest first, and only those that are still in the text', () => {
  expect(resolveMentions('@Ana Costa and @Ana', [anaMaria, ana])).toEqual({ text: '@5511987654321 and @700', mentions: [ana.jid, anaMaria.jid] });
  expect(resolveMentions('nobody', [ana])).toEqual({ text: 'nobody', mentions: [] });
});

test('a text on the wire is changed under the names of whom it mentions, and goes back to the same digits', () => {
  const wire = '@5511987654321 and @700, not @7001';
  const named = nameMentions(wire, [anaMaria, ana, { jid: '9@lid', name: 'Nobody' }]);
  expect(named).toEqual({ text: '@Ana Costa and @Ana, not @7001', picked: [anaMaria, ana] });
  expect(resolveMentions(named.text, named.picked).text).toBe(wire);
});
