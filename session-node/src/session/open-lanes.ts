import { openFetchLane } from './fetches/open-fetch-lane.ts';
import { nowMs, workingDriver, type Life } from './life.ts';
import { openSendLane } from './sends/send-lane.ts';

type Parts = Pick<Life, 'options' | 'book' | 'cursors' | 'outbox' | 'failed'> & {
  /** It is there once they are. */
  life: () => Life;
};

/** What goes out by the page, and what is fetched from it, each in its turn. */
export const openLanes = ({ options, book, cursors, outbox, failed, life }: Parts): Pick<Life, 'lane' | 'fetches'> => {
  const { device, epoch, time } = options;
  const lane = openSendLane({
    book,
    time,
    random: options.random,
    tell: outbox.tell,
    driver: () => workingDriver(life()),
    over: () => life().pageOver.signal,
    leaseUntil: options.leaseUntil,
    paced: () => life().settings.paced,
    caps: () => life().settings.caps,
    linkedAt: () => (cursors.linkedAt() ?? nowMs(life()) / 1_000) * 1_000,
    isStranger: (chat) => chat.kind === 'person' && !cursors.wasHeard(chat),
    fetchMedia: options.download,
    awaitTick: (id) => life().watchdog?.awaitTick(id),
    dropTick: (id) => life().watchdog?.dropTick(id),
    askCleanStop: () => life().post({ is: 'restart', reason: 'page_stuck' }),
    failed,
  });
  const fetches = openFetchLane({
    book,
    time,
    tell: outbox.tell,
    driver: () => workingDriver(life()),
    upload: (of, { mimetype, bytes }, signal) => options.upload({ device, epoch, of, mimetype, bytes, signal }),
    failed,
  });
  return { lane, fetches };
};
