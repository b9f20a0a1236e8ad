import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { SandboxRefusal } from '../network/refusal.ts';
import { hashToken } from './device-tokens.ts';
import { SignedOut } from './routes.ts';

interface Door {
  controlToken: string | undefined;
  openPhones: boolean;
}

/** Whether the control token came along. */
export const holdsToken = ({ headers }: IncomingMessage, token: string | undefined): boolean => {
  const given = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  return token !== undefined && given !== undefined && timingSafeEqual(hashToken(given), hashToken(token));
};

const NETWORK_ID_MAX = 200;

/** The id of the network whose phones the request may hold: the one it names with the token, or `default` where phones are open. */
export const admitToPhones = (request: IncomingMessage, { controlToken, openPhones }: Door): string => {
  const named = request.headers['x-sandbox-network'];
  if (holdsToken(request, controlToken)) {
    if (typeof named !== 'string' || named === '' || named.length > NETWORK_ID_MAX) throw new SandboxRefusal('bad_request', 'Name the network in x-sandbox-network.');
    return named;
  }
  if (!openPhones || request.headers.authorization !== undefined || named !== undefined) throw new SignedOut('These phones are held through Waxos, or with the control token.');
  refuseOtherSites(request);
  return 'default';
};

/** Open phones ask nobody who they are, so a site in the same browser must not act through it. */
const refuseOtherSites = ({ headers }: IncomingMessage): void => {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  if (origin !== undefined && origin !== `https://${host}`) throw new SandboxRefusal('not_allowed', 'Another site cannot hold these phones.');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new SandboxRefusal('not_allowed', 'Another site cannot hold these phones.');
};
