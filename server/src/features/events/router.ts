import { listEventsInput, listEventsOutput } from '@waxos/contract/events';
import { router, tenantProcedure } from '../../trpc/procedures.ts';
import { listEvents } from './list-events.ts';

export const eventsRouter = router({
  list: tenantProcedure('workspace.read')
    .input(listEventsInput)
    .output(listEventsOutput)
    .query(({ ctx, input }) => ctx.readWorkspace((tx) => listEvents(tx, input))),
});
