import type { Chat } from '@waxos/contract/node-link/identities';
import { DriverRefusal, type Fetched } from './driver.ts';
import type { PageDoor } from './page-door.ts';
import { findPicture } from './page-scripts/find-picture.ts';
import { readHandle, toStream } from './read-handle.ts';

/** WhatsApp's hosts: what else a page names is fetched from nowhere. */
const hosts = /^(web\.whatsapp\.com|([\w-]+\.)*whatsapp\.net)$/;
const largestBytes = 5 * 1_024 * 1_024;

/** By the browser and not by the page, which loads no pictures, and may not read what comes from another host. */
export const fetchPicture = async (door: PageDoor, chat: Chat, signal: AbortSignal): Promise<Fetched | 'none'> => {
  signal.throwIfAborted();
  const found = await door.ask(findPicture, chat, door.deadlines.callMs * 2);
  if (found === 'none') return 'none';
  const { protocol, hostname, href: url } = new URL(found.address);
  if (protocol !== 'https:' || !hosts.test(hostname)) throw new DriverRefusal('refused', 'the picture is not at WhatsApp');
  const session = await door.debug();
  const { frameTree } = await door.within(() => session.send('Page.getFrameTree'));
  const { resource } = await door.within(() => session.send('Network.loadNetworkResource', { frameId: frameTree.frame.id, url, options: { disableCache: true, includeCredentials: false } }), door.deadlines.mediaMs);
  const { success, stream, httpStatusCode, netErrorName } = resource;
  if (httpStatusCode === 404 || httpStatusCode === 410) return 'none';
  if (!success || stream === undefined) throw new DriverRefusal('media_missing', `the picture did not come: ${httpStatusCode ?? netErrorName ?? 'no answer'}`);
  const done = (): Promise<void> => session.send('IO.close', { handle: stream }).catch(() => undefined);
  const named = Object.entries(resource.headers ?? {}).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return { mimetype: typeof named === 'string' ? named : 'image/jpeg', bytes: toStream(readHandle(door, { handle: stream, signal, largestBytes, done })) };
};
