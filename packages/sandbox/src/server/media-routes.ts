import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Faults } from '../faults/faults.ts';
import { SandboxRefusal } from '../network/refusal.ts';
import type { DeviceTokens } from './device-tokens.ts';
import { MEDIA_BYTES_MAX, type MediaStore } from './media-store.ts';
import { sendJson, sendText, SignedOut, type Asked, type Route } from './routes.ts';

interface MediaParts {
  media: MediaStore;
  tokens: DeviceTokens;
  findNetwork: (device: string) => { id: string; faultsFor: (device: string) => Faults } | undefined;
  findPicture: (id: string) => { small: string; large: string } | undefined;
}

/** Bytes from and to linked pages. They say who they are with `authorization: Bearer <device>:<token>`. */
export const mediaRoutes = ({ media, tokens, findNetwork, findPicture }: MediaParts): Route[] => {
  /** The network of whoever asks, or nothing, where a fault has answered already or hangs. */
  const admit = ({ request, response, url }: Asked): string | undefined => {
    const [, device = '', token = ''] = /^Bearer (.+):([^:]+)$/.exec(request.headers.authorization ?? '') ?? [];
    const network = tokens.check(device, token) ? findNetwork(device) : undefined;
    if (network === undefined) throw new SignedOut('Media is for linked devices that are logged in.');
    const { media: fault, networkLoss = false } = network.faultsFor(device);
    if (networkLoss) {
      request.socket.destroy();
      return undefined;
    }
    if (fault === undefined || (fault === 'expired' && (request.method !== 'GET' || url.searchParams.has('again')))) return network.id;
    if (fault === 'hangs') return undefined;
    request.resume();
    sendJson(response, { code: 'fault', text: 'A fault of the sandbox.' }, fault === 'expired' ? 410 : Number(fault));
    return undefined;
  };
  const upload: Route['answer'] = async (asked) => {
    const network = admit(asked);
    if (network !== undefined) await receiveMedia(media, network, asked);
  };
  return [
    { method: 'PUT', path: '/media', answer: upload },
    { method: 'POST', path: '/media', answer: upload },
    {
      method: 'GET',
      path: '/media/:hash',
      answer: async (asked) => {
        const network = admit(asked);
        if (network !== undefined) await deliverMedia(media, network, asked);
      },
    },
    // Their ids cannot be guessed: whoever has one was told it by the network.
    { method: 'GET', path: '/pictures/:id', answer: ({ response, params, url }) => sendPicture(response, findPicture(params['id'] ?? ''), url) },
  ];
};

export const receiveMedia = async (media: MediaStore, network: string, { request, response }: Asked): Promise<void> => {
  if (Number(request.headers['content-length'] ?? 0) > MEDIA_BYTES_MAX) throw new SandboxRefusal('too_many', 'A file may have 100 MB at most.');
  sendJson(response, await media.save(network, mimetypeOf(request), request), 201);
};

const mimetypeOf = (request: IncomingMessage): string => {
  const type = (request.headers['content-type'] ?? '').slice(0, 200);
  return /^[\w.+-]+\/[\w.+-]+(;.*)?$/.test(type) ? type : 'application/octet-stream';
};

/** Pictures, sounds and films are told as such. Anything else is bytes: as a script it could be run from our own address. */
const shownAs = (mimetype: string): string => (/^(image|audio|video)\/[\w.+-]+(;|$)/.test(mimetype) ? mimetype : 'application/octet-stream');

/** As an attachment and never sniffed: what one phone sends must not run as a page in another's browser. */
export const deliverMedia = async (media: MediaStore, network: string, { response, params, request }: Asked): Promise<void> => {
  const hash = params['hash'] ?? '';
  const found = /^[0-9a-f]{64}$/.test(hash) ? await media.find(network, hash) : undefined;
  if (found === undefined) throw new SandboxRefusal('not_found', 'There is no such media in this network.');
  response.writeHead(200, {
    'content-type': shownAs(found.mimetype),
    'content-length': found.size,
    'content-disposition': 'attachment',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=31536000, immutable',
  });
  if (request.method === 'HEAD') response.end();
  else await pipeline(found.open(), response);
};

export const sendPicture = (response: ServerResponse, picture: { small: string; large: string } | undefined, url: URL): void => {
  if (picture === undefined) throw new SandboxRefusal('not_found', 'There is no such picture.');
  const text = url.searchParams.get('size') === 'small' ? picture.small : picture.large;
  const bytes = Buffer.from(text.replace(/^data:[^,]*,/, ''), 'base64');
  sendText(response, bytes, { 'content-type': 'image/jpeg', 'cache-control': 'private, max-age=31536000, immutable', 'content-security-policy': "default-src 'none'; sandbox" });
};
