import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '@waxos/server/router';

export type { AppRouter };

type Outputs = inferRouterOutputs<AppRouter>;
export type Account = Outputs['account']['get'];
export type SignInSession = Outputs['account']['listSignInSessions'][number];
export type Workspace = Outputs['workspaces']['get'];
export type Member = Outputs['members']['list'][number];
export type Invitation = Outputs['invitations']['list'][number];
export type InvitationPreview = Outputs['invitations']['preview'];
export type Device = Outputs['devices']['list']['devices'][number];
export type ApiKey = Outputs['apiKeys']['list'][number];
export type AuditEntry = Outputs['audit']['list']['entries'][number];
