import type { DriverEvent } from '../whatsapp/driver.ts';
import { nowMs, nowSeconds, type Life } from './life.ts';
import { noteUnreadable } from './note-unreadable.ts';
import { tellBuild } from './run-build.ts';
import type { PageNews } from './situation.ts';

/** What the page tells: its own life goes to the table, the rest to the outbox. */
export const hearDriver = (life: Life, event: DriverEvent): void => {
  const { outbox, cursors } = life;
  life.watchdog?.life();
  // Who types changes nothing here: a chat that is watched is no reason not to rest.
  if (event.type !== 'chat.presence') life.lastNewsAt = nowMs(life);
  switch (event.type) {
    case 'message.seen': {
      const { key, ack, at } = event.message;
      life.overtaking?.note(key);
      life.readings.readable();
      if (key.fromMe) hearTick(life, key.id, { ack, at });
      const noted = cursors.note(event.message);
      // The page, or the reading back, told it before.
      if (noted !== undefined) outbox.tell(event, noted);
      return;
    }
    case 'message.acked':
      hearTick(life, event.key.id, { ack: event.ack, at: nowSeconds(life) });
      outbox.tell(event, cursors.noteAck(event.key.chat, event.key.id, event.ack));
      return;
    case 'message.reacted':
    case 'message.voted':
      life.overtaking?.note(event.key);
      outbox.tell(event, cursors.noteHanging(event.key.chat, event.key.id));
      return;
    case 'message.hidden':
      life.overtaking?.note(event.key);
      outbox.tell(event);
      return;
    case 'chat.changed':
    case 'call.noticed':
    case 'group.changed':
    case 'person.changed':
    case 'picture.changed':
      outbox.tell(event);
      return;
    case 'chat.presence':
      life.options.glimpse(event);
      return;
    case 'unreadable':
      noteUnreadable(life, event);
      return;
    default:
      hearPage(life, event);
  }
};

/** Of the page's own life. */
const hearPage = (life: Life, news: PageNews): void => {
  if (news.type === 'broken') life.options.log.warn({ device: life.options.device, build: news.build, missing: news.missing }, 'the page lacks what is needed');
  if (news.type === 'ended' && news.how === 'outdated' && tellBuild(life, { is: 'outdated', build: life.build })) return;
  life.post({ is: 'told', news });
  if (news.type === 'ready' || news.type === 'broken') tellBuild(life, { is: news.type, build: news.build });
};

const hearTick = (life: Life, id: string, tick: { ack: number; at: number }): void => {
  if (tick.ack === 0) return;
  life.watchdog?.dropTick(id);
  life.lane.noteTick(id, tick);
  if (tick.ack > 0) tellBuild(life, { is: 'ticked' });
};
