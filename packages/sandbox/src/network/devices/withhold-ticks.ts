import type { NetworkFrame } from '../../wire/frames.ts';
import type { Core } from '../core.ts';
import type { DeviceSocket } from './sockets.ts';

type StanzaFrame = Extract<NetworkFrame, { t: 'stanza' }>;

export const isUnticked = (core: Core, device: string): boolean => core.faults.of(device).noServerTick === true;

/** While the server gives no ticks, a receipt goes out empty, so that what is behind it is not held up. */
export const withholdTick = (core: Core, device: string, frame: StanzaFrame): StanzaFrame => {
  const { stanza } = frame;
  if (stanza.s !== 'receipt' || !isUnticked(core, device)) return frame;
  const withheld = core.passing.unticked.get(device) ?? [];
  core.passing.unticked.set(device, withheld);
  withheld.push(frame);
  return { ...frame, stanza: { ...stanza, ids: [] } };
};

/** All that was withheld, once the fault is over: the server's own word first. */
export const giveTicks = (core: Core, { device, sink, withheld }: DeviceSocket): void => {
  if (isUnticked(core, device.device)) return;
  for (const say of withheld.splice(0)) say();
  const frames = core.passing.unticked.get(device.device);
  core.passing.unticked.delete(device.device);
  for (const frame of frames ?? []) sink.send(frame);
};
