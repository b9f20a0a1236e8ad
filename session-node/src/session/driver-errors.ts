import type { DriverRefusal } from '../whatsapp/driver.ts';

// By name: what drives the page is known here as a type only.
export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

/** Where it was, without its text: that may hold what somebody wrote. */
export const placeOf = (error: unknown): string[] =>
  error instanceof Error
    ? (error.stack ?? '')
        .split('\n')
        .filter((line) => line.startsWith('    at '))
        .slice(0, 4)
        .map((line) => line.trim())
    : [];

const reasons: readonly DriverRefusal['reason'][] = ['not_ready', 'no_chat', 'refused', 'media_missing', 'too_late'];

/** Why the page said no; undefined where it said nothing that can be relied on. */
export const refusalOf = (error: unknown): DriverRefusal['reason'] | undefined => (error instanceof Error && error.name === 'DriverRefusal' && 'reason' in error ? reasons.find((reason) => reason === error.reason) : undefined);
