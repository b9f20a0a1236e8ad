import { expect, test } from 'vitest';
import { isFewEmoji, readBlocks, readInline, type Inline } from './formatting.ts';

const text = (said: string): Inline => ({ as: 'text', text: said });

test('marks round words become parts, and go inside of each other', () => {
  expect(readInline('a *b* _c_ ~d~')).toEqual([text('a '), { as: 'bold', parts: [text('b')] }, text(' '), { as: 'italic', parts: [text('c')] }, text(' '), { as: 'strike', parts: [text('d')] }]);
  expect(readInline('*_both_*')).toEqual([{ as: 'bold', parts: [{ as: 'italic', parts: [text('both')] }] }]);
});

test.each(['2*3*4', 'snake_case_name', '* not bold *', '**', '*a\nb*', 'a ~ b ~ c'])('%j is left as it was written', (said) => {
  expect(readInline(said)).toEqual([text(said)]);
});

test('nothing inside of code is a mark or a link', () => {
  expect(readInline('```*a* https://example.com```')).toEqual([{ as: 'code', text: '*a* https://example.com' }]);
  expect(readInline('see `*x*`.')).toEqual([text('see '), { as: 'code', text: '*x*' }, text('.')]);
});

test('an address ends before the stop after it, and keeps its underscores', () => {
  expect(readInline('at https://example.com/a_b_c?x=1.')).toEqual([text('at '), { as: 'link', text: 'https://example.com/a_b_c?x=1', href: 'https://example.com/a_b_c?x=1' }, text('.')]);
});

test('only http addresses become links', () => {
  expect(readInline('javascript:alert(1) data:text/html,x')).toEqual([text('javascript:alert(1) data:text/html,x')]);
});

test('markup in a message stays text', () => {
  expect(readBlocks('<img src=x onerror=alert(1)>')).toEqual([{ as: 'paragraph', parts: [text('<img src=x onerror=alert(1)>')] }]);
});

test('digits after an at-sign are a mention only where the message names that person', () => {
  expect(readInline('hi @5511987654321', ['5511987654321@c.us'])).toEqual([text('hi '), { as: 'mention', jid: '5511987654321@c.us' }]);
  expect(readInline('hi @5511987654321', ['4915112345678@c.us'])).toEqual([text('hi @5511987654321')]);
});

test('lines become lists, quotes and paragraphs', () => {
  expect(readBlocks('one\ntwo\n- a\n- b\n> said\n2. x\n3. y')).toEqual([
    { as: 'paragraph', parts: [text('one'), text('\n'), text('two')] },
    { as: 'bullets', start: 1, items: [[text('a')], [text('b')]] },
    { as: 'quote', parts: [text('said')] },
    { as: 'numbers', start: 2, items: [[text('x')], [text('y')]] },
  ]);
});

test('code over several lines keeps them', () => {
  expect(readBlocks('before\n```\na\n  *b*\n```\nafter')).toEqual([{ as: 'paragraph', parts: [text('before')] }, { as: 'mono', text: 'a\n  *b*' }, { as: 'paragraph', parts: [text('after')] }]);
});

test('a long text of open marks is read in a moment', () => {
  const long = '*a _b ~c '.repeat(7_000);
  expect(readInline(long)).toEqual([text(long)]);
});

test('a long text of thousands of marks is read in parts that make it up again', () => {
  const parts = readInline('*a* https://example.com/x '.repeat(2_500));
  expect(parts.filter(({ as }) => as === 'bold')).toHaveLength(2_500);
  expect(parts.filter(({ as }) => as === 'link')).toHaveLength(2_500);
});

test.each([
  ['🎉', true],
  ['👍🏽 ❤️', true],
  ['👨‍👩‍👧‍👦🇧🇷🙂', true],
  ['🎉🎉🎉🎉', false],
  ['12', false],
  ['ok 👍', false],
  ['', false],
])('%j alone is shown large: %s', (said, large) => {
  expect(isFewEmoji(said)).toBe(large);
});
