import type { z } from 'zod';
import { chatActs } from './chat-acts.ts';
import { groupActs } from './group-acts.ts';
import { messageActs } from './message-acts.ts';
import { phoneActs } from './phone-acts.ts';

/** Everything that a person with WhatsApp can do, and what has to be said for it. */
export const deviceActs = { ...messageActs, ...chatActs, ...groupActs } as const;
export const acts = { ...deviceActs, ...phoneActs } as const;

export type ActName = keyof typeof acts;
export type DeviceActName = keyof typeof deviceActs;
export type ActArgs<N extends ActName> = z.infer<(typeof acts)[N]>;
