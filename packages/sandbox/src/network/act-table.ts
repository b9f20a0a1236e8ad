import type { ActName } from '../acts/acts.ts';
import type { Act } from './act.ts';
import * as calls from './calls/calls.ts';
import * as chats from './chats/change-chat.ts';
import { disappear } from './chats/disappear.ts';
import * as contactChanges from './contacts/change-contact.ts';
import * as contacts from './contacts/look-up.ts';
import { add } from './groups/add.ts';
import * as members from './groups/change-members.ts';
import { create } from './groups/create.ts';
import * as invites from './groups/invites.ts';
import * as requests from './groups/requests.ts';
import * as settings from './groups/settings.ts';
import * as labels from './labels/labels.ts';
import { preview } from './links/preview.ts';
import { older, resend, reupload } from './messages/ask-phone.ts';
import { edit } from './messages/edit.ts';
import { editEvent, respond } from './messages/events.ts';
import { forward } from './messages/forward.ts';
import { info } from './messages/info.ts';
import { hide, star } from './messages/mark.ts';
import { pin } from './messages/pin.ts';
import { react } from './messages/react.ts';
import { play, read } from './messages/read.ts';
import { revoke } from './messages/revoke.ts';
import { send } from './messages/send.ts';
import { vote } from './messages/vote.ts';
import { changeNumber, setAddressing } from './phones/change-number.ts';
import * as devices from './phones/devices.ts';
import { setOnline } from './phones/online.ts';
import { presence, setPresent } from './phones/show-presence.ts';
import * as pictures from './pictures/pictures.ts';
import * as profiles from './profiles/profile.ts';
import { postInChannel, postStatus } from './statuses/post.ts';

/** Every act there is: a forgotten one does not compile. */
export const actTable: { [N in ActName]: Act<N> } = {
  'message.send': send,
  'message.edit': edit,
  'message.revoke': revoke,
  'message.hide': hide,
  'message.react': react,
  'message.vote': vote,
  'message.respond': respond,
  'message.editEvent': editEvent,
  'message.star': star,
  'message.pin': pin,
  'message.forward': forward,
  'message.read': read,
  'message.played': play,
  'message.info': info,
  'message.resend': resend,
  'message.reupload': reupload,
  'message.older': older,
  'chat.archive': chats.archive,
  'chat.pin': chats.pinChat,
  'chat.mute': chats.mute,
  'chat.markUnread': chats.markUnread,
  'chat.clear': chats.clear,
  'chat.delete': chats.deleteChat,
  'chat.disappear': disappear,
  'contact.save': contactChanges.save,
  'contact.forget': contactChanges.forget,
  'contact.block': contactChanges.block,
  'contact.exists': contacts.exists,
  'contact.get': contacts.get,
  'contact.about': contacts.about,
  'contact.groups': contacts.groups,
  'contact.devices': contacts.devices,
  'contact.business': contacts.business,
  'contact.note': contactChanges.note,
  'presence.get': presence,
  'picture.get': pictures.get,
  'picture.set': pictures.set,
  'picture.remove': pictures.remove,
  'profile.name': profiles.name,
  'profile.about': profiles.about,
  'label.assign': labels.assign,
  'label.save': labels.save,
  'label.remove': labels.remove,
  'call.reject': calls.reject,
  'call.makeLink': calls.makeLink,
  'link.preview': preview,
  'group.create': create,
  'group.get': settings.get,
  'group.add': add,
  'group.remove': members.remove,
  'group.promote': members.promote,
  'group.demote': members.demote,
  'group.leave': members.leave,
  'group.subject': settings.setSubject,
  'group.description': settings.setDescription,
  'group.settings': settings.setSettings,
  'group.inviteCode': invites.inviteCode,
  'group.resetInvite': invites.resetInvite,
  'group.inviteInfo': invites.inviteInfo,
  'group.join': invites.join,
  'group.joinPrivately': invites.joinPrivately,
  'group.requests': requests.list,
  'group.decide': requests.decide,
  'device.scan': devices.scan,
  'device.enterCode': devices.enterCode,
  'device.logOut': devices.logOut,
  'phone.online': setOnline,
  'phone.present': setPresent,
  'phone.typing': devices.type,
  'phone.changeNumber': changeNumber,
  'phone.addressing': setAddressing,
  'call.offer': calls.offer,
  'call.end': calls.end,
  'status.post': postStatus,
  'channel.post': postInChannel,
};
