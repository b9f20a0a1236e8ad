import { z } from 'zod';

const milliseconds = z.number().int().min(0).max(600_000);

/** Everything that can go wrong on purpose. For the whole network, for one account, or for one device. */
export const faults = z.object({
  /** The device's socket is cut and every new one refused. */
  networkLoss: z.boolean().optional(),
  /** Each frame waits so long, each way. */
  slowMs: milliseconds.optional(),
  /** Uploads and downloads of media: fail with this status, or hang; `expired` are gone until the phone has uploaded them once more. */
  media: z.enum(['404', '410', '500', 'hangs', 'expired']).optional(),
  /** Messages to the device come as a ciphertext; the phone fills them after so long, or never (-1). */
  ciphertextMs: z.number().int().min(-1).max(600_000).optional(),
  ciphertextSubtype: z.string().max(64).optional(),
  /** A passkey is demanded while linking; a page that cannot answer is never linked. */
  passkey: z.boolean().optional(),
  /** A build whose keys have no `_serialized` (upstream #201833). */
  renamedKey: z.boolean().optional(),
  /** Sent messages get no tick from the server. */
  noServerTick: z.boolean().optional(),
  /** A send reaches the network, and then throws in the page. */
  sendThrowsAfter: z.boolean().optional(),
  /** `No LID for user`: asking for a person's other address fails. */
  noLid: z.boolean().optional(),
  /** The page's listeners go deaf: messages are kept, but no event is fired. */
  deaf: z.boolean().optional(),
  /** Modules that the page's build does not have. */
  lacksModules: z.array(z.string().max(100)).max(20).optional(),
  /** What the page's build says it is; another one than the last reloads the page when it connects, once: who comes with the old one again is let in. */
  build: z.string().regex(/^2\.\d{4}\.\d+$/).optional(),
  /** How the page behaves: see PageManners. */
  offlineBeforeSync: z.boolean().optional(),
  syncMs: milliseconds.optional(),
  stateOnLogout: z.enum(['UNPAIRED', 'navigates']).optional(),
  messagesInMemory: z.number().int().min(0).max(1_000).optional(),
  /** How long refs live: the first, and each after it. */
  firstRefMs: milliseconds.optional(),
  nextRefMs: milliseconds.optional(),
  refCount: z.number().int().min(1).max(20).optional(),
}).strict();
export type Faults = z.infer<typeof faults>;

export const faultScope = z.union([z.literal('everyone'), z.object({ account: z.string() }).strict(), z.object({ device: z.string() }).strict()]);
export type FaultScope = z.infer<typeof faultScope>;
