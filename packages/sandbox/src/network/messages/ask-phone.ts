import { done, type Act } from '../act.ts';
import type { Core } from '../core.ts';
import { chatFor, messageFor } from '../chats/find-chat.ts';
import type { MessageRecord } from '../records/message-record.ts';
import { findMessage, getAccount } from '../records/network-state.ts';
import { SandboxRefusal } from '../refusal.ts';

const OLDER_COUNT = 50;
const OWED_MAX = 10_000;

/** Now, or once the phone is online again. */
const onceOnline = (core: Core, account: string, run: () => void): void => {
  if (getAccount(core.state, account).online) return run();
  const owed = core.passing.owed.get(account) ?? [];
  if (owed.length >= OWED_MAX) throw new SandboxRefusal('too_many', 'The phone is offline, and was asked for more than it will remember. Ask again once it is online.');
  core.passing.owed.set(account, owed);
  owed.push(run);
};

const isLinked = (core: Core, device: string): boolean => core.state.devices.get(device)?.unlinked === undefined;

/** The phone tells a device what it could not read. */
export const fill = (core: Core, { account, device }: { account: string; device: string }, { chat, id, author }: MessageRecord): void =>
  onceOnline(core, account, () => {
    if (isLinked(core, device)) core.happen({ e: 'message.filled', account, device, chat, id, author });
  });

export const resend: Act<'message.resend'> = (core, { account, by }, { messages }) => {
  if (by === 'phone') throw new SandboxRefusal('bad_request', 'The phone has every message. Only a device asks for them.');
  const found = messages.map((ref) => messageFor(core, account, ref));
  // While the phone is set never to tell, asking does not help either.
  if (core.faults.of(by.device).ciphertextMs === -1) return done;
  for (const message of found) fill(core, { account, device: by.device }, message);
  return done;
};

export const reupload: Act<'message.reupload'> = (core, { account, by }, { message: ref }) => {
  if (by === 'phone') throw new SandboxRefusal('bad_request', 'The phone has the file. Only a device asks for it.');
  const { device } = by;
  const { chat, id, author, content } = messageFor(core, account, ref);
  if (!('media' in content)) throw new SandboxRefusal('bad_request', `Message ${id} has no file.`);
  onceOnline(core, account, () => {
    if (isLinked(core, device)) core.happen({ e: 'media.reuploaded', account, device, chat, id, author });
  });
  return done;
};

export const older: Act<'message.older'> = (core, { account, by }, { chat: address, before, count = OLDER_COUNT }) => {
  if (by === 'phone') throw new SandboxRefusal('bad_request', 'The phone has every message. Only a device asks for them.');
  const chat = chatFor(core, account, address);
  const to = before === undefined ? chat.messages.length : findMessage(chat, before)?.index;
  if (to === undefined) throw new SandboxRefusal('not_found', `There is no message ${before} in ${address}.`);
  const { device } = by;
  onceOnline(core, account, () => {
    if (isLinked(core, device) && core.state.chats.has(chat.key)) core.happen({ e: 'history.given', account, device, chat: chat.key, from: Math.max(0, to - count), to });
  });
  return done;
};
