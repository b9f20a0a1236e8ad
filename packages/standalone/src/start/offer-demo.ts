import { derivePublicUrl } from '@waxos/server/config';
import type { StartConfig } from '../config.ts';
import { findDemoSignIn, type DemoSignIn } from '../demos/demo-sign-in.ts';
import { seedDemo } from '../demos/seed-demo.ts';
import type { OpenedGateway } from './open-gateway.ts';
import { runStep, say } from './run-step.ts';

interface OfferDemoOptions {
  start: StartConfig;
  /** Where the gateway answers on this machine. */
  url: string;
  /** Where people come in. */
  port: number;
  gateway: OpenedGateway;
}

const mailsStayHere = ({ start }: Pick<OfferDemoOptions, 'start'>): boolean => (start.environment.SMTP_URL ?? '') === '';

/** Makes the demo workspace on the first start; afterwards tells its sign-in as long as that works. */
const offerDemo = async ({ start, url, gateway }: OfferDemoOptions, origin: string): Promise<DemoSignIn | undefined> => {
  if (!start.config.SEED_DEMO) return undefined;
  const where = { dataDir: start.config.DATA_DIR, url, origin };
  const found = await findDemoSignIn(where);
  if (found !== undefined) return found;
  // With a mail server the invitations would really be sent.
  const findMailedToken = mailsStayHere({ start }) ? gateway.findMailedToken : undefined;
  return runStep({
    doing: 'Looking for a demo workspace',
    act: () => seedDemo({ ...where, findMailedToken }),
    done: (made) => (made === undefined ? 'Waxos is set up already' : 'Made a demo workspace'),
  });
};

/** The last lines of a start: where it is, and how to get in. */
export const announce = async (options: OfferDemoOptions): Promise<void> => {
  const { HOST: host } = options.start.config;
  const { url, isGuessed } = derivePublicUrl({ ...options.start.config, PORT: options.port });
  const signIn = await offerDemo(options, url.origin);
  say(`\n  Waxos is at ${url.origin}`);
  if (isGuessed) say(`  It listens on ${host}: for people elsewhere set PUBLIC_URL to what they type in, or their changes are refused.`);
  if (signIn !== undefined) say(`  Sign in as ${signIn.email} with the password ${signIn.password}`);
  if (signIn !== undefined && mailsStayHere(options)) say('  The same password opens admin@, agent@ and viewer@demo.example.');
  say('  Ctrl-C stops it.\n');
  options.gateway.showWarnings();
};
