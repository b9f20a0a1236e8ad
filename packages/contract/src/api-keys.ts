import { z } from 'zod';
import { problem } from './field-problems.ts';
import { idSchema, nameSchema } from './fields.ts';
import { permissionSchema } from './permissions.ts';

export const apiKeyOutput = z.object({
  id: idSchema,
  name: z.string(),
  /** The first characters, enough to tell keys apart. */
  prefix: z.string(),
  scopes: z.array(permissionSchema),
  createdByName: z.string(),
  createdAt: z.date(),
  expiresAt: z.date().nullable(),
  lastUsedAt: z.date().nullable(),
});

export const createApiKeyInput = z.object({
  name: nameSchema,
  scopes: z.array(permissionSchema).min(1, problem('scope_required')).max(50).transform((scopes) => [...new Set(scopes)]),
  expiresInDays: z.number().int().min(1, problem('invalid')).max(3650, problem('invalid')).nullable(),
});
export const createApiKeyOutput = z.object({ id: idSchema, key: z.string() });
export const revokeApiKeyInput = z.object({ apiKeyId: idSchema });
