import type { AnswerTable } from '../walk/procedure-answers.ts';
import { accountAnswers } from './accounts.ts';
import { apiKeyAnswers } from './api-keys.ts';
import { auditAnswers } from './audit.ts';
import { deviceAnswers } from './devices.ts';
import { eventAnswers } from './events.ts';
import { invitationAnswers } from './invitations.ts';
import { memberAnswers } from './members.ts';
import { setupAnswers } from './setup.ts';
import { signInAnswers } from './sign-ins.ts';
import { workspaceAnswers } from './workspaces.ts';

/** What every procedure answers; a feature adds its own. */
export const answerTable: AnswerTable = {
  ...setupAnswers,
  ...signInAnswers,
  ...accountAnswers,
  ...workspaceAnswers,
  ...memberAnswers,
  ...invitationAnswers,
  ...deviceAnswers,
  ...apiKeyAnswers,
  ...auditAnswers,
  ...eventAnswers,
};
