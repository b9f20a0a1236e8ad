import { findMissing } from './page-scripts/probe.ts';
import type { PageDoor } from './page-door.ts';

/**
 * What the library and we cannot do without, by when it is needed: to be linked, and to be ready. `acts` is what single
 * acts need: without it they are refused or left out, and the session goes on.
 */
const needed = {
  link: [
    'WAWebSocketModel.Socket.on', 'WAWebSocketModel.Socket.state', 'WAWebCmd.Cmd.on', 'WAWebCmd.Cmd.refreshQR', 'WAWebConnModel.Conn.on', 'WAWebOfflineHandler.OfflineMessageHandler.getOfflineDeliveryProgress',
    'WABase64.encodeB64', 'WAWebCompanionRegClientUtils.DEVICE_PLATFORM', 'WAWebAdvSignatureApi', 'WAWebUserPrefsInfoStore.waNoiseInfo.get', 'WAWebSignalStoreApi.waSignalStore.getRegistrationInfo',
    'WAWebUserPrefsMultiDevice.getADVSecretKey', 'WAWebMiscBrowserUtils.info', 'WAWebAltDeviceLinkingApi', 'WAWebUserPrefsMeUser.getMaybeMePnUser', 'WAWebUserPrefsMeUser.getMaybeMeLidUser',
  ],
  ready: [
    'WAWebCollections.Msg.on', 'WAWebCollections.Msg.get', 'WAWebCollections.Msg.getModelsArray', 'WAWebCollections.Msg.getMessagesById', 'WAWebCollections.Chat.on', 'WAWebCollections.Chat.get', 'WAWebCollections.Chat.getModelsArray',
    'WAWebWidFactory.createWid', 'WAWebWidFactory.asUserWidOrThrow', 'WAWebApiContact.getCurrentLid', 'WAWebApiContact.getPhoneNumber', 'WAWebQueryExistsJob.queryWidExists', 'WAWebFindChatAction.findOrCreateLatestChat',
    'WAWebChatLoadMessages.loadEarlierMsgs', 'WAWebMsgKey.newId', 'WAWebSendMsgChatAction.addAndSendMsgToChat', 'WAWebChatGetters.getIsNewsletter', 'WALinkify.findLink', 'WAWebGetEphemeralFieldsMsgActionsUtils.getEphemeralFields',
    'WAWebAddonReactionTableMode.reactionTableMode.bulkUpsert', 'WAWebAddonPollVoteTableMode.pollVoteTableMode.bulkUpsert', 'WAWebSyncGatingUtils', 'WAWebCallCollection', 'WAWebDownloadManager.downloadManager.downloadAndMaybeDecrypt',
  ],
  acts: [
    'WAWebCmd.Cmd.sendRevokeMsgs', 'WAWebSendMessageEditAction.sendMessageEdit', 'WAWebMsgActionCapability.canEditText', 'WAWebSendReactionMsgAction.sendReactionToMsg', 'WAWebUpdateUnreadChatAction.sendSeen', 'WAWebStreamModel.Stream.markAvailable',
    'WAWebChatStateBridge.sendChatStateComposing', 'WAWebGroupQueryJob.queryAndUpdateGroupMetadataById', 'WAWebContactProfilePicThumbBridge.requestProfilePicFromServer', 'WAWebLinkPreviewChatAction.getLinkPreview', 'WAWebCollections.Contact.on',
    'WAWebCollections.ProfilePicThumb.on', 'WAWebCollections.Reactions.find', 'WAWebPollsVotesSchema.getTable', 'WAWebNonMessageDataRequestPlaceholderMessageResendUtils.handlePlaceholderMsgsSeen', 'WAWap.wap', 'WADeprecatedSendIq.deprecatedCastStanza',
    'WAWebMediaOpaqueData.createFromData', 'WAWebPrepRawMedia.prepRawMedia', 'WAWebMediaMmsV4Upload.uploadMedia',
  ],
};

export const probeContract = (door: PageDoor, by: keyof typeof needed): Promise<{ build: string; missing: string[] }> => door.run(findMissing, { members: needed[by], waitMs: by === 'acts' ? 0 : door.deadlines.modulesMs }, door.deadlines.modulesMs + door.deadlines.callMs);
