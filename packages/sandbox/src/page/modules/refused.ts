import type { App, ModuleTable } from '../app.ts';
import { ServerStatusCodeError } from '../line/server-status-code-error.ts';

const what = {
  channels: 'administer, follow or look for channels: they only arrive',
  status: 'post a status: they only arrive',
  shops: 'have orders or products',
  bots: 'have bots',
} as const;

/** Ignored on purpose: a team inbox has no use for it. The names stay, so that the library fails as it does with WhatsApp. */
const refused: Record<keyof typeof what, Record<string, string[]>> = {
  channels: {
    WAWebChangeNewsletterOwnerAction: ['changeNewsletterOwnerAction'],
    WAWebDemoteNewsletterAdminAction: ['demoteNewsletterAdmin'],
    WAWebEditNewsletterMetadataAction: ['editNewsletterMetadataAction'],
    WAWebLoadNewsletterPreviewChatAction: ['loadNewsletterPreviewChat'],
    WAWebMexAcceptNewsletterAdminInviteJob: ['acceptNewsletterAdminInvite'],
    WAWebMexFetchNewsletterSubscribersJob: ['mexFetchNewsletterSubscribers'],
    WAWebMexRevokeNewsletterAdminInviteJob: ['revokeNewsletterAdminInvite'],
    WAWebNewsletterCreateQueryJob: ['createNewsletterQuery'],
    WAWebNewsletterDeleteAction: ['deleteNewsletterAction'],
    WAWebNewsletterDemoteAdminJob: ['demoteNewsletterAdminAction'],
    WAWebNewsletterDirectorySearchAction: ['fetchNewsletterDirectories'],
    WAWebNewsletterMetadataQueryJob: ['queryNewsletterMetadataByInviteCode'],
    WAWebNewsletterSendMessageJob: ['sendNewsletterMessageJob'],
    WAWebNewsletterSendMsgAction: ['sendNewsletterAdminInviteMessage'],
    WAWebNewsletterSubscribeAction: ['subscribeToNewsletterAction'],
    WAWebNewsletterUnsubscribeAction: ['unsubscribeFromNewsletterAction'],
    WAWebNewsletterUpdateMsgsRecordsJob: ['addNewsletterMsgsRecords', 'updateNewsletterMsgRecord'],
    WAWebNewsletterUpdateUserSettingJob: ['updateNewsletterUserSetting'],
  },
  status: {
    WAWebSendStatusMsgAction: ['sendStatusTextMsgAction', 'sendStatusMediaMsgAction'],
    WAWebRevokeStatusAction: ['sendStatusRevokeMsgAction'],
  },
  shops: { WAWebBizOrderBridge: ['queryOrder'], WAWebBizProductCatalogBridge: ['queryProduct'] },
  bots: { WAWebBotMessageSecret: ['genBotMsgSecretFromMsgSecret'] },
};

/** The name that the library takes for a refusal by the network, with what the sandbox leaves out. */
const refuse = (subject: keyof typeof what, member: string): never => {
  throw new ServerStatusCodeError('not_allowed', `${member}: the sandbox does not ${what[subject]}`);
};

export const refusedModules = (_app: App): ModuleTable => {
  const table: ModuleTable = { WAWebBotProfileCollection: { BotProfileCollection: { get: () => refuse('bots', 'BotProfileCollection.get') } } };
  for (const subject of ['channels', 'status', 'shops', 'bots'] as const) {
    for (const [name, members] of Object.entries(refused[subject])) {
      table[name] = Object.fromEntries(members.map((member) => [member, async () => refuse(subject, member)]));
    }
  }
  return table;
};
