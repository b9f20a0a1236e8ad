import { z } from 'zod';
import { problem } from './field-problems.ts';
import { idSchema, nameSchema } from './fields.ts';

/** A real number, or a pretend one of the sandbox. It never changes: whatever speaks of a device says which it is. */
export const DEVICE_KINDS = ['whatsapp', 'sandbox'] as const;
export const deviceKindSchema = z.enum(DEVICE_KINDS, problem('invalid'));
export type DeviceKind = z.infer<typeof deviceKindSchema>;

/** What the session of a device is at. `stopped` and `failed` always have a reason. */
export const DEVICE_STATES = [
  'stopped',
  'starting',
  'qr',
  'pairing',
  'passkey_required',
  'authenticating',
  'syncing',
  'ready',
  'degraded',
  'reconnecting',
  'logged_out',
  'conflict',
  'banned',
  'failed',
] as const;
const deviceStateSchema = z.enum(DEVICE_STATES);
export type DeviceState = z.infer<typeof deviceStateSchema>;

/** Why a session is where it is, where its state alone does not say what to do. */
export const SESSION_REASONS = [
  'asked', // a person or the gateway wanted it
  'no_link', // stopped before it was ever linked
  'browser_failed', // Chromium did not start
  'browser_died',
  'page_died',
  'page_stuck', // no answer within the deadline
  'contract_broken', // WhatsApp's page lacks what we need
  'profile_locked', // another node holds it
  'profile_lost',
  'no_tick', // a message sent got no tick in time
  'deaf', // the page's listener hears nothing
  'network_lost',
  'lease_lost',
  'memory', // it outgrew its budget
  'deadline', // a state lasted too long
  'asleep', // economy: between two looks
  'outbox_full', // the gateway has taken nothing for too long
  'profile_restored', // it was broken, and goes on from its last clean copy
] as const;

export const DEVICE_STATE_REASONS = [
  'no_node', // no session node has taken it up yet
  'no_room', // none has room for it
  ...SESSION_REASONS,
] as const;
const deviceStateReasonSchema = z.enum(DEVICE_STATE_REASONS);
export type DeviceStateReason = z.infer<typeof deviceStateReasonSchema>;

/** Enough for any team, and few enough that nobody fills a farm by a loop. */
export const DEVICES_PER_WORKSPACE_MAX = 100;

export const deviceOutput = z.object({
  id: idSchema,
  kind: deviceKindSchema,
  name: z.string(),
  phoneNumber: z.string().nullable(),
  state: deviceStateSchema,
  stateReason: deviceStateReasonSchema.nullable(),
  createdByName: z.string(),
  createdAt: z.date(),
  riskAcknowledgedAt: z.date().nullable(),
});

export const listDevicesOutput = z.object({
  devices: z.array(deviceOutput),
  /** Whether pretend phones can be held here, at /sandbox. */
  sandboxOpen: z.boolean(),
});

/** WhatsApp may ban a number for this, so nobody adds a real one without having said that they accept it. */
export const addDeviceInput = z
  .object({ name: nameSchema, kind: deviceKindSchema, riskAcknowledged: z.boolean(problem('invalid')).default(false) })
  .refine(({ kind, riskAcknowledged }) => kind !== 'whatsapp' || riskAcknowledged, { path: ['riskAcknowledged'], error: problem('risk_unacknowledged') });

export const renameDeviceInput = z.object({ deviceId: idSchema, name: nameSchema });
/** The name once more, so that nobody removes another device than they mean. */
export const removeDeviceInput = z.object({ deviceId: idSchema, name: nameSchema });
