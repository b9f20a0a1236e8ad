import type { DriverEvent } from '../../whatsapp/driver.ts';
import { describeDriver } from './driver-suite.ts';
import { openPretendBrowser } from './open-pretend-browser.ts';
import { openPretendWorld } from './open-pretend-world.ts';
import { openTestTime } from './test-time.ts';
import { messageId, person } from './test-session.ts';

describeDriver('pretended', async () => {
  const time = openTestTime();
  const world = openPretendWorld(time);
  const told: DriverEvent[] = [];
  let ids = 0;
  const driver = world.openDriver(openPretendBrowser(world), { deviceName: 'Waxos', tell: (event) => void told.push(event) });
  return {
    driver,
    told,
    chat: person(1),
    messageId: () => messageId((ids += 1)),
    scan: world.scan,
    receive: (text) => void world.receive(person(1), text),
    tick: world.tick,
    kill: world.dieBrowser,
    now: () => time.now().getTime(),
  };
});
