export interface SenderLimits {
  events: number;
  eventsOfDevice: number;
  bytes: number;
}

/** What one device has on the way, oldest first. */
export type OnTheWay = { seq: number; bytes: number }[];

/** What is on the way to the gateway, of all devices together. */
export interface Window {
  roomFor: (lane: OnTheWay) => number;
  put: (lane: OnTheWay, sent: OnTheWay[number]) => void;
  /** Everything through this number has arrived. */
  arrived: (lane: OnTheWay, throughSeq: number) => void;
  held: () => { events: number; bytes: number };
}

export const openWindow = (limits: SenderLimits): Window => {
  let events = 0;
  let bytes = 0;
  return {
    roomFor: (lane) => (bytes >= limits.bytes ? 0 : Math.min(limits.events - events, limits.eventsOfDevice - lane.length)),
    put: (lane, sent) => {
      lane.push(sent);
      events += 1;
      bytes += sent.bytes;
    },
    arrived: (lane, throughSeq) => {
      const count = lane.findLastIndex(({ seq }) => seq <= throughSeq) + 1;
      for (const sent of lane.splice(0, count)) {
        events -= 1;
        bytes -= sent.bytes;
      }
    },
    held: () => ({ events, bytes }),
  };
};
