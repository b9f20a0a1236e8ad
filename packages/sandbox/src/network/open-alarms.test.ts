import { expect, test } from 'vitest';
import { openAlarms } from './open-alarms.ts';

const open = () => {
  const ringing: (() => void)[] = [];
  const reported: unknown[] = [];
  const after = (_ms: number, run: () => void): (() => void) => {
    ringing.push(run);
    return () => void ringing.splice(ringing.indexOf(run), 1);
  };
  return { alarms: openAlarms({ after, report: (error) => reported.push(error) }), ringing, reported };
};

test('what goes wrong in an alarm is reported, and ends neither the process nor the next one', () => {
  const { alarms, ringing, reported } = open();
  const rung: string[] = [];
  alarms.set(1, () => {
    throw new Error('no space left');
  });
  alarms.set(1, () => void rung.push('second'));
  for (const ring of ringing.slice()) ring();
  expect(reported).toEqual([new Error('no space left')]);
  expect(rung).toEqual(['second']);
});

test('nothing rings once they are closed, and nothing is left to ring', () => {
  const { alarms, ringing } = open();
  const rung: string[] = [];
  alarms.set(1, () => void rung.push('late'));
  const [late] = ringing;
  alarms.close();
  alarms.set(1, () => void rung.push('later'));
  late?.();
  expect([rung, ringing]).toEqual([[], []]);
});
