import { expect } from 'vitest';

/** Any id, where only the gateway knows which. */
export const someId = (): string => expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f-]{27}$/) as string;
