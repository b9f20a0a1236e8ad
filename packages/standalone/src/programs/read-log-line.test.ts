import { expect, test } from 'vitest';
import { fatalOf, mailOf, warningOf } from './read-log-line.ts';

test('only warnings and worse are shown, in the words of the log', () => {
  expect(warningOf('{"level":30,"msg":"request"}')).toBeUndefined();
  expect(warningOf('{"level":40,"msg":"mail not sent"}')).toBe('warning: mail not sent');
  expect(warningOf('{"level":50,"msg":"job failed","err":{"message":"no room"}}')).toBe('error: job failed: no room');
});

test('a line that is no log line is shown as it is', () => {
  expect(warningOf('(node:1) Warning: something')).toBe('(node:1) Warning: something');
  expect(warningOf('{half')).toBeUndefined();
});

test('only a fatal line is a reason for not starting', () => {
  expect(fatalOf('{"level":50,"msg":"job failed"}')).toBeUndefined();
  expect(fatalOf('{"level":60,"msg":"gateway did not start","err":{"message":"no database"}}')).toBe('gateway did not start: no database');
});

test('a mail that had no server to go to is shown with its link alone on a line, ready to be copied', () => {
  const mail = { id: 'x', to: 'agent@example.com', subject: 'Join us', text: 'Join here:\nhttp://localhost:3000/invitation#abc.def\n\nIf not, ignore this.\n' };
  expect(mailOf(JSON.stringify({ level: 40, mail, msg: 'mail not sent' }))).toBe('Mail to agent@example.com: Join us\n    http://localhost:3000/invitation#abc.def');
  expect(mailOf('{"level":40,"msg":"something else"}')).toBeUndefined();
});
