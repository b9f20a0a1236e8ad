import { z } from 'zod';
import type { NewJob } from '../db/effects.ts';

/** Every kind of job and what it carries: ids only, so that a job run late reads how things stand then. */
export const jobPayloads = {
  'invitation.mail': z.object({ invitationId: z.uuid(), linkVersion: z.number().int() }),
  'password_reset.mail': z.object({ passwordResetId: z.uuid() }),
} as const;

export type JobName = keyof typeof jobPayloads;
export type JobPayload<N extends JobName> = z.infer<(typeof jobPayloads)[N]>;

export const isJobName = (name: string): name is JobName => Object.hasOwn(jobPayloads, name);

export const newJob = <N extends JobName>(name: N, key: string, payload: JobPayload<N>): NewJob => ({ name, key: `${name}:${key}`, payload });
