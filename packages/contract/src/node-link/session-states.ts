/** A real number, or a pretend one of the sandbox. */
export const SESSION_KINDS = ['whatsapp', 'sandbox'] as const;

/** What the session of a device is at. */
export const SESSION_STATES = ['stopped', 'starting', 'qr', 'pairing', 'passkey_required', 'authenticating', 'syncing', 'ready', 'degraded', 'reconnecting', 'logged_out', 'conflict', 'banned', 'failed'] as const;
export type SessionState = (typeof SESSION_STATES)[number];
