import type { WorkspaceEvent } from '@waxos/contract/events';
import type { JobName } from '../../queue/jobs.ts';
import type { Answer, Client } from '../call.ts';
import type { TestGateway } from '../test-gateway.ts';

/** One good call: what it needs is there already; what it must show and cause is said before it is made. */
export interface Deed {
  input?: unknown;
  /** Who calls; nobody, where a public procedure is called by a stranger. */
  client: Client;
  /** Another gateway than the stage's, such as an empty one. */
  on?: TestGateway;
  shows: (answer: Answer) => Promise<void> | void;
  /** The rows it adds to workspace_events and jobs, and no others. */
  events?: (answer: Answer) => WorkspaceEvent[];
  jobs?: JobName[];
}
