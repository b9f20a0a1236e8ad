import { apiKeyOutput, createApiKeyInput, createApiKeyOutput, revokeApiKeyInput } from '@waxos/contract/api-keys';
import { z } from 'zod';
import { router, tenantProcedure } from '../../trpc/procedures.ts';
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys.ts';

export const apiKeysRouter = router({
  list: tenantProcedure('api_keys.read')
    .output(z.array(apiKeyOutput))
    .query(({ ctx }) => ctx.readWorkspace(listApiKeys)),

  create: tenantProcedure('api_keys.manage')
    .input(createApiKeyInput)
    .output(createApiKeyOutput)
    .mutation(({ ctx, input }) => ctx.inWorkspace((tx) => createApiKey(tx, ctx.keyring, input))),

  revoke: tenantProcedure('api_keys.manage')
    .input(revokeApiKeyInput)
    .mutation(({ ctx, input }) => ctx.inWorkspace((tx) => revokeApiKey(tx, input.apiKeyId))),
});
