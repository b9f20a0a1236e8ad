import { listAuditInput, listAuditOutput } from '@waxos/contract/audit';
import { router, tenantProcedure } from '../../trpc/procedures.ts';
import { listAudit } from './list-audit.ts';

export const auditRouter = router({
  list: tenantProcedure('audit.read')
    .input(listAuditInput)
    .output(listAuditOutput)
    .query(({ ctx, input }) => ctx.readWorkspace((tx) => listAudit(tx, input))),
});
