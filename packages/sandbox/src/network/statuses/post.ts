import { done, type Act } from '../act.ts';
import { personFor } from '../chats/find-chat.ts';
import { arriveAtPhones } from '../messages/arrive-at-phones.ts';
import { newMessageId } from '../messages/send.ts';
import { channelKey, findMessage, getChat, peekChat, statusKey } from '../records/network-state.ts';
import { SandboxRefusal } from '../refusal.ts';

/** Seen by everyone who has this account in the address book. */
export const postStatus: Act<'status.post'> = (core, { account }, { content }) => {
  const key = statusKey(account);
  const id = newMessageId(core, account, peekChat(core.state, key));
  core.happen({ e: 'status.posted', owner: account, id, content });
  const message = findMessage(getChat(core.state, key), id);
  if (message !== undefined) arriveAtPhones(core, message);
  return done;
};

/** A channel is whose who posts in it first. */
export const postInChannel: Act<'channel.post'> = (core, { account }, { channel: address, name, followers, content }) => {
  const channel = address.slice(0, -'@newsletter'.length);
  const found = core.state.channels.get(channel);
  if (found !== undefined && found.owner !== account) throw new SandboxRefusal('not_allowed', 'Only the owner of a channel posts in it.');
  const people = followers.map((person) => personFor(core, person).account);
  core.happen({ e: 'channel.posted', channel, name, owner: account, followers: people, id: newMessageId(core, account, peekChat(core.state, channelKey(channel))), content });
  return done;
};
