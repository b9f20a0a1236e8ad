import { expect } from 'vitest';
import { prepare, type Asking } from './asking.ts';
import { hashRows, listCaused } from './row-hashes.ts';

/** It does what it says, and causes the events and jobs that it says and no others; a query changes no row at all. */
export const askWorks = async (asking: Asking): Promise<void> => {
  const { stage, procedure } = asking;
  const deed = await prepare(asking);
  const on = deed.on ?? stage.gateway;
  const [caused, rows] = [await listCaused(on), await hashRows(on)];

  const answer = await stage.send(procedure, deed);

  expect(answer.error).toBeUndefined();
  const now = await listCaused(on);
  const knownEvents = new Set(caused.events.map(({ workspaceId, seq }) => `${workspaceId} ${seq}`));
  const knownJobs = new Set(caused.jobs.map(({ id }) => id));
  expect(now.events.filter(({ workspaceId, seq }) => !knownEvents.has(`${workspaceId} ${seq}`)).map(({ event }) => event), 'events').toEqual(deed.events?.(answer) ?? []);
  expect(now.jobs.filter(({ id }) => !knownJobs.has(id)).map(({ name }) => name), 'jobs').toEqual(deed.jobs ?? []);
  if (procedure.kind === 'query') expect(await hashRows(on), 'rows after a query').toEqual(rows);
  await deed.shows(answer);
};
