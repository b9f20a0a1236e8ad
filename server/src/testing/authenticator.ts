import { Secret, TOTP } from 'otpauth';
import type { Client } from './call.ts';
import { dataOf, type Person } from './people.ts';
import type { TestGateway } from './test-gateway.ts';

/** Somebody's phone with the app that shows the codes. */
export interface Authenticator {
  secret: string;
  recoveryCodes: string[];
  /** The code it shows that many steps of 30 s after the gateway's now. */
  code: (stepsAhead?: number) => string;
  /** Switching it on gives the browser a new cookie. */
  client: Client;
}

const STEP_MS = 30_000;

export const codeAt = (secret: string, at: Date, stepsAhead = 0): string =>
  new TOTP({ algorithm: 'SHA1', digits: 6, period: STEP_MS / 1000, secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() + stepsAhead * STEP_MS });

/** Switches TOTP on for a person; the code of the current step is spent by that. */
export const switchTotpOn = async ({ call, clock }: Pick<TestGateway, 'call' | 'clock'>, person: Person): Promise<Authenticator> => {
  const { secret } = dataOf<{ secret: string }>(await call.mutate('account.beginTotp', { password: person.password }, person.client));
  const code: Authenticator['code'] = (stepsAhead) => codeAt(secret, clock.now(), stepsAhead);
  const confirmed = await call.mutate('account.confirmTotp', { code: code() }, person.client);
  const { recoveryCodes } = dataOf<{ recoveryCodes: string[] }>(confirmed);
  return { secret, recoveryCodes, code, client: { ...person.client, cookie: confirmed.cookie ?? '' } };
};
