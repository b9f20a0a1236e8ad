import { z } from 'zod';

export const setupStatusOutput = z.object({ needsSetup: z.boolean(), signUpOpen: z.boolean(), version: z.string() });
