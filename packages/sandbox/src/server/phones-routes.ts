import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { acts, type ActArgs, type ActName } from '../acts/acts.ts';
import type { Network } from '../network/network.ts';
import type { AccountView } from '../network/phone-view.ts';
import { SandboxRefusal } from '../network/refusal.ts';
import type { Picture } from './index-ledger.ts';
import { deliverMedia, receiveMedia, sendPicture } from './media-routes.ts';
import type { MediaStore } from './media-store.ts';
import { completeAccount, newAccount } from './new-account.ts';
import { readJson, sendJson, type Asked, type Route } from './routes.ts';
import { streamChanges } from './stream-changes.ts';

interface PhonesParts {
  media: MediaStore;
  /** The network of whoever asks; refuses. */
  networkOf: (request: IncomingMessage) => Network;
  findPicture: (id: string, network: string) => Picture | undefined;
  digits: (count: number) => string;
}

/** As many as people may hold; the control API makes as many as there is room for. */
const ACCOUNTS_MAX = 500;
const threadQuery = z.object({ chat: z.string().min(1).max(128), before: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) });
const accountOf = ({ params }: Asked): string => params['account'] ?? '';

/** What the phones' page asks for, and the gateway on behalf of its members. */
export const phonesRoutes = ({ media, networkOf, findPicture, digits }: PhonesParts): Route[] => [
  { method: 'GET', path: '/phones/api/accounts', answer: ({ request, response }) => sendJson(response, { accounts: networkOf(request).accounts().map(toView) }) },
  {
    method: 'POST',
    path: '/phones/api/accounts',
    answer: async ({ request, response }) => {
      const network = networkOf(request);
      const asked = newAccount.parse(await readJson(request));
      const phones = network.accounts();
      if (phones.length >= ACCOUNTS_MAX) throw new SandboxRefusal('too_many', `A workspace has ${ACCOUNTS_MAX} phones at most. Remove one first.`);
      const taken = new Set(phones.map(({ phone }) => phone));
      sendJson(response, toView(network.addAccount(completeAccount(asked, taken, digits))), 201);
    },
  },
  {
    method: 'DELETE',
    path: '/phones/api/accounts/:account',
    answer: (asked) => {
      networkOf(asked.request).removeAccount(accountOf(asked));
      asked.response.writeHead(204).end();
    },
  },
  { method: 'GET', path: '/phones/api/accounts/:account', answer: (asked) => sendJson(asked.response, toView(networkOf(asked.request).view(accountOf(asked)))) },
  {
    method: 'GET',
    path: '/phones/api/accounts/:account/thread',
    answer: (asked) => {
      const { chat, before, limit } = threadQuery.parse(Object.fromEntries(asked.url.searchParams));
      sendJson(asked.response, networkOf(asked.request).thread(accountOf(asked), chat, before === undefined ? { limit } : { before, limit }));
    },
  },
  {
    method: 'POST',
    path: '/phones/api/accounts/:account/acts/:name',
    answer: async (asked) => {
      const network = networkOf(asked.request);
      const name = asked.params['name'] ?? '';
      if (!isAct(name)) throw new SandboxRefusal('not_found', 'There is no such act.');
      // The network parses the arguments, whoever they come from.
      const value = network.perform({ account: accountOf(asked), by: 'phone' }, name, (await readJson(asked.request)) as ActArgs<ActName>);
      sendJson(asked.response, { value: name === 'picture.get' ? withRelativeUrl(value) : value });
    },
  },
  { method: 'POST', path: '/phones/api/media', answer: (asked) => receiveMedia(media, networkOf(asked.request).id, asked) },
  { method: 'GET', path: '/phones/api/media/:hash', answer: (asked) => deliverMedia(media, networkOf(asked.request).id, asked) },
  { method: 'GET', path: '/phones/api/pictures/:id', answer: ({ request, response, params, url }) => sendPicture(response, findPicture(params['id'] ?? '', networkOf(request).id), url) },
  { method: 'GET', path: '/phones/api/changes', answer: ({ request, response }) => followChanges(networkOf(request), response) },
];

export const isAct = (name: string): name is ActName => Object.hasOwn(acts, name);

/** The page may stand under any path, so what the network calls `/pictures/…` is told from where the page is. */
const relativeUrl = (url: string): string => url.replace(/^\/pictures\//, 'api/pictures/');

const withRelativeUrl = (value: unknown): unknown => (typeof value === 'object' && value !== null && 'url' in value ? { ...value, url: relativeUrl(String(value.url)) } : value);

const relativePicture = <T extends { pictureUrl?: string }>(of: T): T => (of.pictureUrl === undefined ? of : { ...of, pictureUrl: relativeUrl(of.pictureUrl) });

const toView = (view: AccountView): AccountView => ({ ...relativePicture(view), chats: view.chats.map(relativePicture) });

const followChanges = (network: Network, response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no', 'x-content-type-options': 'nosniff' });
  streamChanges(network, response);
};
