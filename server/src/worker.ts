import type { Log } from '@waxos/process/log';
import type { Clock } from '@waxos/process/clock';
import type { Mail, Mailer } from './adapters/mailer.ts';
import type { Doors, SystemTx } from './db/tenant.ts';
import { composeInvitation, composePasswordReset } from './features/mails/compose-mails.ts';
import { forgetOld } from './features/sweeps/forget-old.ts';
import { runDueJobs, type JobRunners } from './queue/run-jobs.ts';
import type { Keyring } from './secrets/keyring.ts';

/**
 * Finishes what transactions left as rows. A commit in this process wakes it at once; everything else, such as the
 * jobs of a process that died, is found by looking every few seconds.
 */
interface WorkerOptions {
  doors: Doors;
  mailer: Mailer;
  keyring: Keyring;
  publicUrl: URL;
  clock: Clock;
  log: Log;
}

const LOOK_EVERY_MS = 2_000;
const SWEEP_EVERY_MS = 10 * 60_000;

export interface Worker {
  close: () => Promise<void>;
}

export const startWorker = (options: WorkerOptions): Worker => {
  const { doors, log } = options;
  const runners = openRunners(options);
  let running: Promise<void> | undefined;
  let again = false;
  let closed = false;

  const onFailure = (job: { id: string; name: string }, error: unknown): void => log.warn({ err: error, job: job.id, name: job.name }, 'job failed');

  const workOff = async (): Promise<void> => {
    do {
      again = false;
      while (!closed && (await runDueJobs(doors, runners, onFailure)) > 0);
    } while (again && !closed);
  };

  const look = (): void => {
    if (closed) return;
    again = true;
    running ??= workOff()
      .catch((error: unknown) => log.error({ err: error }, 'the worker could not look for jobs'))
      .finally(() => {
        running = undefined;
      });
  };

  let sweeping: Promise<void> | undefined;
  const sweep = (): void => {
    sweeping ??= forgetOld(doors)
      .catch((error: unknown) => log.error({ err: error }, 'the sweep failed'))
      .finally(() => {
        sweeping = undefined;
      });
  };

  doors.onCommitted((effects) => {
    if (effects.jobs.length > 0) look();
  });
  const lookTimer = setInterval(look, LOOK_EVERY_MS);
  const sweepTimer = setInterval(sweep, SWEEP_EVERY_MS);
  look();
  // Also at once: a gateway may never live for ten minutes.
  sweep();

  return {
    close: async () => {
      closed = true;
      clearInterval(lookTimer);
      clearInterval(sweepTimer);
      await Promise.all([running, sweeping]);
    },
  };
};

const openRunners = ({ doors, mailer, keyring, publicUrl }: WorkerOptions): JobRunners => {
  const composing = { keyring, publicUrl };
  const post = async (compose: (tx: SystemTx) => Promise<Mail | undefined>): Promise<void> => {
    const mail = await doors.withSystem('worker', compose);
    if (mail !== undefined) await mailer.send(mail);
  };
  return {
    'invitation.mail': (payload) => post((tx) => composeInvitation(tx, composing, payload)),
    'password_reset.mail': (payload) => post((tx) => composePasswordReset(tx, composing, payload)),
  };
};
