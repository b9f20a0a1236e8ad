import type { StartConfig } from '../config.ts';
import { findDemoSignIn, type DemoSignIn } from '../demos/demo-sign-in.ts';
import { seedDemo } from '../demos/seed-demo.ts';
import type { OpenedGateway } from './open-gateway.ts';
import { runStep, say } from './run-step.ts';

interface OfferDemoOptions {
  start: StartConfig;
  url: string;
  publicUrl: string;
  gateway: OpenedGateway;
}

/** Makes the demo workspace on the first start; afterwards tells its sign-in as long as that works. */
const offerDemo = async ({ start, url, publicUrl, gateway }: OfferDemoOptions): Promise<DemoSignIn | undefined> => {
  if (!start.config.SEED_DEMO) return undefined;
  const where = { dataDir: start.config.DATA_DIR, url, origin: new URL(publicUrl).origin };
  const found = await findDemoSignIn(where);
  if (found !== undefined) return found;
  // With a mail server the invitations would really be sent.
  const findMailedToken = (start.environment.SMTP_URL ?? '') === '' ? gateway.findMailedToken : undefined;
  return runStep({
    doing: 'Looking for a demo workspace',
    act: () => seedDemo({ ...where, findMailedToken }),
    done: (made) => (made === undefined ? 'Waxos is set up already' : 'Made a demo workspace'),
  });
};

/** The last lines of a start: where it is, and how to get in. */
export const announce = async (options: OfferDemoOptions): Promise<void> => {
  const signIn = await offerDemo(options);
  say(`\n  Waxos is at ${options.publicUrl}`);
  if (signIn !== undefined) say(`  Sign in as ${signIn.email} with the password ${signIn.password}`);
  say('  Ctrl-C stops it.\n');
  options.gateway.showWarnings();
};
