import { z } from 'zod';
import { deviceActs } from '../acts/acts.ts';
import { phoneNumber } from '../acts/addresses.ts';
import type { PageFrame } from '../wire/frames.ts';

const text = z.string().max(4_096);
const chat = z.string().max(128);
const number = z.number().int().nonnegative();

const pageFrame = z.discriminatedUnion('t', [
  z.object({ t: z.literal('register'), registration: z.object({ noise: text, identity: text, adv: text, platform: text, name: z.string().max(100), build: z.string().max(64) }) }),
  z.object({ t: z.literal('named'), name: z.string().max(100) }),
  z.object({ t: z.literal('refresh') }),
  z.object({ t: z.literal('pairByCode'), id: number, phone: z.string().max(32), notify: z.boolean() }),
  z.object({ t: z.literal('passkeyAnswer'), credential: z.unknown() }),
  z.object({ t: z.literal('login'), device: z.string().max(128), token: text, build: z.string().max(64) }),
  z.object({ t: z.literal('kept'), upTo: number }),
  z.object({ t: z.literal('act'), id: number, name: z.string().refine((name) => Object.hasOwn(deviceActs, name), 'is no act of a device'), args: z.unknown() }),
  z.object({ t: z.literal('present'), available: z.boolean() }),
  z.object({ t: z.literal('typing'), chat, state: z.enum(['typing', 'recording', 'paused']) }),
  z.object({ t: z.literal('takeover') }),
  z.object({ t: z.literal('logout') }),
  z.object({ t: z.literal('ping'), n: number }),
]);

/** A frame, or what is wrong with it. The arguments of an act are parsed by the network, which knows what each takes. */
export const parseFrame = (data: string): PageFrame | { t: 'malformed'; why: string } => {
  let read: unknown;
  try {
    read = JSON.parse(data);
  } catch (error) {
    return { t: 'malformed', why: error instanceof Error ? error.message : 'not JSON' };
  }
  const parsed = pageFrame.safeParse(read);
  if (!parsed.success) return { t: 'malformed', why: parsed.error.issues[0]?.message ?? 'no frame' };
  // The name was looked up among the acts above, and the network parses the arguments before it believes them.
  return parsed.data as PageFrame;
};

export const isPhoneNumber = (phone: string): boolean => phoneNumber.safeParse(phone).success;
