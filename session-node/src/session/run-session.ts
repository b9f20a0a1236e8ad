import type { ProfileEnd } from '../browser/browser-door.ts';
import { deadlineOf } from './deadlines.ts';
import { backOffMs } from './back-off.ts';
import { beginCatchUp } from './begin-catch-up.ts';
import { hearDriver } from './hear-driver.ts';
import { hopeless, nowMs, nowSeconds, workingDriver, type Life } from './life.ts';
import type { SessionReason } from '@waxos/contract/node-link/events';
import type { DeviceState } from '@waxos/contract/devices';
import type { Driver } from '../whatsapp/driver.ts';
import { noteBuild, tellBuild } from './run-build.ts';
import type { Effect, Input, Situation } from './situation.ts';
import { pauseFor } from './time.ts';
import { transition } from './transitions.ts';
import { openWatchdog } from './watchdog.ts';

/**
 * Runs the table: takes inputs one after another, and does what it says. Nothing that a page, a browser or a bug in
 * here does comes out of it: a session that goes wrong is ended, and its neighbours hear nothing of it.
 */
export interface Runner {
  post: (input: Input) => void;
  /** Resolves when it rests in stopped. */
  stopped: () => Promise<void>;
  end: () => void;
}

const logOutMs = 10_000;
const completeEveryMs = 5 * 60_000;
const askBuildMs = 2_000;
const resting: readonly DeviceState[] = ['stopped', 'logged_out', 'conflict', 'banned', 'failed'];

interface Alarms {
  deadline: () => void;
  backOff: () => void;
}

export const runSession = (life: Life): Runner => {
  const alarms: Alarms = { deadline: () => undefined, backOff: () => undefined };
  const inputs: Input[] = [];
  let waiting: (() => void)[] = [];
  let busy = false;
  let ended = false;

  const post = (input: Input): void => {
    if (ended) return;
    inputs.push(input);
    if (busy) return;
    busy = true;
    for (let next = inputs.shift(); next !== undefined; next = inputs.shift()) take(next);
    busy = false;
    if (life.situation.state !== 'stopped') return;
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  const take = (input: Input): void => {
    const { to, effects } = transition(life.situation, input);
    if (to.state !== life.situation.state) life.options.log.info({ device: life.options.device, from: life.situation.state, to: to.state, reason: to.reason }, 'session.changed');
    const from = life.situation.state;
    noteRestart(life, to);
    life.situation = to;
    followSituation(life);
    // Of those that end here a stop is not one: the node may only be started anew, and the lease still be good.
    if (to.state !== from && to.state !== 'stopped' && hopeless.includes(to.state)) life.lane.refuse();
    for (const effect of effects) {
      try {
        perform(life, alarms, effect);
      } catch (error) {
        life.failed(effect.do, error);
        inputs.push({ is: 'page_failed' });
      }
    }
  };
  return {
    post,
    stopped: () => (life.situation.state === 'stopped' ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    end: () => {
      ended = true;
      alarms.deadline();
      alarms.backOff();
      life.catching?.abort();
      life.watchdog?.stop();
    },
  };
};

/** What a build may be to blame for. */
const ofBuild: readonly SessionReason[] = ['page_died', 'page_stuck', 'deaf', 'deadline'];

const noteRestart = (life: Life, { state, reason }: Situation): void => {
  const { situation, options } = life;
  if (state === situation.state && reason === situation.reason) return;
  if (state === 'reconnecting' && reason !== undefined) options.restarted?.(reason);
  if (state === 'reconnecting' && reason !== undefined && ofBuild.includes(reason)) tellBuild(life, { is: 'failed' });
  if (state !== situation.state && resting.includes(state)) tellBuild(life, { is: 'gone' });
};

/** What runs beside a page in use begins and ends with it. */
const followSituation = (life: Life): void => {
  const { situation, driver } = life;
  const inUse = situation.browser === 'open' && (situation.state === 'ready' || situation.state === 'degraded');
  if (!inUse || driver === undefined) {
    life.watchdog?.stop();
    life.watchdog = undefined;
    life.catching?.abort();
    life.catching = undefined;
    life.caughtUp = false;
    return;
  }
  if (life.watchdog === undefined) {
    let markedAt = 0;
    let beats = 0;
    life.watchdog = openWatchdog({
      driver,
      time: life.options.time,
      tell: life.post,
      failed: (error) => life.failed('watch the page', error),
      beat: () => {
        beats += 1;
        // Each third beat has asked whether it hears.
        if (beats >= 3) tellBuild(life, { is: 'hears' });
        // While it hears everything, what it has told is complete; a while back, for what is still on its way.
        if (!life.caughtUp || nowMs(life) - markedAt < completeEveryMs) return;
        markedAt = nowMs(life);
        life.cursors.markComplete(nowSeconds(life) - completeEveryMs / 1_000);
      },
    });
  }
  if (workingDriver(life) === undefined) return;
  life.lane.wake();
  life.fetches.wake();
};

const perform = (life: Life, alarms: Alarms, effect: Effect): void => {
  const { options, post, browser, settings } = life;
  const { device, epoch, time } = options;
  switch (effect.do) {
    case 'tell':
      if (effect.event.type === 'session.linked' && life.cursors.linkedAt() === undefined) life.cursors.markLinked(nowSeconds(life));
      life.outbox.tell(effect.event);
      return;
    case 'open_browser':
      browser.open({ device, kind: settings.kind, browser: settings.browser, epoch, ownerDead: life.ownerDead });
      return;
    case 'open_page':
      openPage(life);
      return;
    case 'close_browser':
      void closeAfterLogOut(life, effect.profile);
      return;
    case 'kill_browser':
      browser.kill();
      return;
    case 'log_out':
      life.leaving = life.driver?.logOut().catch((error: unknown) => life.failed('log out', error)) ?? Promise.resolve();
      return;
    case 'refresh_qr':
      askPage(life, 'refresh the QR', life.driver?.refreshQr());
      return;
    case 'request_code':
      askPage(life, 'request a code', life.driver?.requestCode(effect.phone));
      return;
    case 'back_off':
      alarms.backOff();
      alarms.backOff = time.after(backOffMs(effect.failures, options.random), () => post({ is: 'back_off_over' }));
      return;
    case 'arm':
      armDeadline(life, alarms);
      return;
    case 'catch_up':
      beginCatchUp(life);
  }
};

const armDeadline = ({ situation, options, post }: Life, alarms: Alarms): void => {
  alarms.deadline();
  const ms = deadlineOf(situation);
  alarms.deadline = ms === undefined ? () => undefined : options.time.after(ms, () => post({ is: 'deadline' }));
};

/** What it asks for fails where the page is not what it seems; its own deadline sees to the rest. */
const askPage = (life: Life, what: string, asked: Promise<void> | undefined): void => {
  asked?.catch((error: unknown) => life.failed(what, error));
};

const openPage = (life: Life): void => {
  const running = life.browser.running();
  if (running === undefined) return;
  const { options } = life;
  const known = life.driver;
  const driver =
    known ??
    options.openDriver(running, {
      ...chooseBuild(life),
      deviceName: options.deviceName,
      tell: (event) => {
        try {
          if (life.driver === driver) hearDriver(life, event);
        } catch (error) {
          life.failed(`hear ${event.type}`, error);
        }
      },
    });
  life.driver = driver;
  life.pageOver.abort();
  life.pageOver = new AbortController();
  void loadPage(life, driver);
};

const chooseBuild = (life: Life): { build?: { html: string } } => {
  const chosen = life.options.builds?.choose(life.situation.linked);
  life.build = chosen?.build;
  return chosen === undefined ? {} : { build: { html: chosen.html } };
};

const loadPage = async (life: Life, driver: Driver): Promise<void> => {
  // A page that is not there may say so by throwing at once.
  const opened = await Promise.resolve().then(driver.open).then(
    () => true,
    (error: unknown) => life.failed('open the page', error),
  );
  const noted = noteBuild(life, driver).catch((error: unknown) => life.failed('read the build', error));
  // A page that does not come up may be of a build that cannot: it is asked, and not waited for.
  await (opened === undefined ? Promise.race([noted, pauseFor(life.options.time, askBuildMs, life.pageOver.signal)]) : noted);
  if (opened === undefined && life.driver === driver) life.post({ is: 'page_failed' });
};

/** WhatsApp is told first, within a limit; then the profile goes. */
const closeAfterLogOut = async (life: Life, profile: ProfileEnd): Promise<void> => {
  const { leaving } = life;
  life.leaving = undefined;
  if (leaving !== undefined)
    await new Promise<void>((resolve) => {
      const cancel = life.options.time.after(logOutMs, resolve);
      void leaving.finally(() => {
        cancel();
        resolve();
      });
    });
  life.browser.close(profile);
};
