import { z } from 'zod';
import { emailSchema, idSchema, linkTokenSchema, localeSchema, nameSchema, newPasswordSchema, passwordSchema, themeSchema, timeZoneSchema, totpCodeSchema } from './fields.ts';
import { permissionSchema, roleSchema } from './permissions.ts';
import { problem } from './field-problems.ts';

export const signInInput = z.object({ email: emailSchema, password: passwordSchema });
export const signInTotpInput = z.object({ challenge: z.string().min(1).max(600), code: totpCodeSchema });
export const signInOutput = z.discriminatedUnion('next', [
  z.object({ next: z.literal('done') }),
  z.object({ next: z.literal('totp'), challenge: z.string() }),
]);

export const signUpInput = z.object({
  name: nameSchema,
  email: emailSchema,
  password: newPasswordSchema,
  workspaceName: nameSchema,
  locale: localeSchema,
  /** Of the browser; UTC where a program signs up. */
  timeZone: timeZoneSchema.default('UTC'),
});

export const requestPasswordResetInput = z.object({ email: emailSchema });
export const resetPasswordInput = z.object({ token: linkTokenSchema, password: newPasswordSchema });

export const accountOutput = z.object({
  id: idSchema,
  name: z.string(),
  email: z.string(),
  locale: localeSchema,
  theme: themeSchema,
  totpEnabled: z.boolean(),
  recoveryCodesLeft: z.number().int(),
  mayCreateWorkspaces: z.boolean(),
  workspaces: z.array(
    z.object({ id: idSchema, name: z.string(), memberId: idSchema, role: roleSchema, permissions: z.array(permissionSchema) }),
  ),
});
export type Account = z.infer<typeof accountOutput>;

export const updateAccountInput = z
  .object({ name: nameSchema, locale: localeSchema, theme: themeSchema })
  .partial()
  .refine((input) => Object.keys(input).length > 0, problem('required'));

export const changePasswordInput = z.object({ currentPassword: passwordSchema, newPassword: newPasswordSchema });
export const confirmPasswordInput = z.object({ password: passwordSchema });
export const confirmTotpInput = z.object({ code: totpCodeSchema });
export const totpSetupOutput = z.object({ secret: z.string(), uri: z.string() });
export const recoveryCodesOutput = z.object({ recoveryCodes: z.array(z.string()) });

export const signInSessionOutput = z.object({
  id: idSchema,
  createdAt: z.date(),
  lastSeenAt: z.date(),
  expiresAt: z.date(),
  address: z.string(),
  userAgent: z.string(),
  current: z.boolean(),
});
export const revokeSignInSessionInput = z.object({ signInSessionId: idSchema });
