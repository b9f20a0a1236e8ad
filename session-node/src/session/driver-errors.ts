import type { DriverRefusal } from '../whatsapp/driver.ts';

// By name: what drives the page is known here as a type only.
export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

const reasons: readonly DriverRefusal['reason'][] = ['not_ready', 'no_chat', 'refused', 'media_missing', 'too_late'];

/** Why the page said no; undefined where it said nothing that can be relied on. */
export const refusalOf = (error: unknown): DriverRefusal['reason'] | undefined => (error instanceof Error && error.name === 'DriverRefusal' && 'reason' in error ? reasons.find((reason) => reason === error.reason) : undefined);
