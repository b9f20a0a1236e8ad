import { deviceActs } from '../../acts/acts.ts';
import type { ActResult, PageFrame } from '../../wire/frames.ts';
import type { Core } from '../core.ts';
import { perform } from '../perform.ts';
import { showPresence } from '../phones/show-presence.ts';
import { showTyping } from '../phones/show-typing.ts';
import { SandboxRefusal } from '../refusal.ts';
import { comeToFront, expelDevice, type Line } from './connect-device.ts';
import { isUnticked } from './withhold-ticks.ts';
import { keepStanzas } from './keep-stanzas.ts';
import type { DeviceSocket } from './sockets.ts';

/** What a linked device's page says. A page that is behind a conflict is answered nothing but that. */
export const receiveFrame = (core: Core, line: Line, { socket, frame }: { socket: DeviceSocket; frame: PageFrame }): void => {
  const { device, sink } = socket;
  switch (frame.t) {
    case 'ping':
      return sink.send({ t: 'pong', n: frame.n });
    case 'takeover':
      return socket.passive ? comeToFront(core, line, socket) : undefined;
    case 'logout':
      return expelDevice(core, line.sockets, { device: device.device, reason: 'logged_out' });
    case 'act':
      return answer(core, line, { socket, frame });
    case 'kept':
      return socket.passive ? undefined : keep(core, line, { socket, upTo: frame.upTo });
    case 'typing':
      return socket.passive ? undefined : showTyping(core, device.account, frame);
    case 'present':
      return socket.passive ? undefined : present(core, socket, frame.available);
    default:
      // Frames of a page without a link: they crossed with the login.
      return undefined;
  }
};

const present = (core: Core, socket: DeviceSocket, available: boolean): void => {
  socket.available = available;
  showPresence(core, socket.device.account, { place: socket.device.device, available });
};

const keep = (core: Core, line: Line, { socket, upTo }: { socket: DeviceSocket; upTo: number }): void => {
  keepStanzas(core, socket, upTo);
  line.flush(socket);
};

const answer = (core: Core, line: Line, { socket, frame }: { socket: DeviceSocket; frame: Extract<PageFrame, { t: 'act' }> }): void => {
  const { device, passive } = socket;
  const { id, name, args } = frame;
  const result = passive ? conflict : resultOf(name, () => perform(core, { account: device.account, by: { device: device.device } }, { name, args }));
  const say = (): void => socket.sink.send({ t: 'result', id, result });
  // The message is sent; only the server's word of it does not come.
  if (result.ok && name === 'message.send' && isUnticked(core, device.device)) socket.withheld.push(say);
  else line.say(say);
};

const conflict: ActResult = { ok: false, code: 'conflict', text: 'This device is in use in another window. Take over there first.' };

const resultOf = (name: string, act: () => unknown): ActResult => {
  if (!Object.hasOwn(deviceActs, name)) return { ok: false, code: 'not_allowed', text: `A linked device cannot do ${name}.` };
  try {
    return { ok: true, value: act() };
  } catch (error) {
    if (!(error instanceof SandboxRefusal)) throw error;
    return { ok: false, code: error.code, text: error.message };
  }
};
