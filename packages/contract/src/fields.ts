import { z } from 'zod';
import { problem } from './field-problems.ts';

export const idSchema = z.uuid(problem('invalid_id'));

export const emailSchema = z
  .string(problem('required'))
  .trim()
  .toLowerCase()
  .max(254, problem('too_long'))
  .pipe(z.email(problem('invalid_email')));

/** Names are shown to others: no control or direction-overriding characters that would disturb a line of text. */
export const nameSchema = z
  .string(problem('required'))
  .trim()
  .min(1, problem('required'))
  .max(80, problem('too_long'))
  .regex(/^[^\p{Cc}\u202A-\u202E\u2066-\u2069]+$/u, problem('invalid'));

/** Normalised, so that the same password typed on another keyboard gives the same bytes. */
export const newPasswordSchema = z
  .string(problem('required'))
  .min(10, problem('password_too_short'))
  .max(200, problem('too_long'))
  .transform((text) => text.normalize('NFKC'));

export const passwordSchema = z
  .string(problem('required'))
  .min(1, problem('required'))
  .max(200, problem('too_long'))
  .transform((text) => text.normalize('NFKC'));

export const totpCodeSchema = z
  .string(problem('required'))
  .transform((text) => text.replaceAll(/[\s-]/g, '').toUpperCase())
  .pipe(z.string().regex(/^(\d{6}|[0-9A-Z]{10})$/, problem('invalid_code')));

export const LOCALES = ['en', 'pt-BR', 'es', 'id', 'ar'] as const;
export const localeSchema = z.enum(LOCALES, problem('invalid'));
export type Locale = z.infer<typeof localeSchema>;

export const themeSchema = z.enum(['system', 'light', 'dark'], problem('invalid'));
export type Theme = z.infer<typeof themeSchema>;

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

export const timeZoneSchema = z.string(problem('required')).max(64, problem('too_long')).refine(isTimeZone, problem('invalid_time_zone'));

/** A secret carried in a link: its form only; whether it is good is the server's to say. */
export const linkTokenSchema = z.string(problem('required')).min(1, problem('required')).max(200, problem('too_long'));
