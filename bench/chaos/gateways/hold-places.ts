import type { SessionSettings } from '@waxos/contract/node-link/commands';
import type { EventFrame, Hello, LeaseRenewal } from '@waxos/contract/node-link/frames';

/**
 * Which lease each device runs under, as rows of `device_leases` would say.
 *
 *   placed ──a node that does not run it, or an old lease──▶ epoch + 1, to be started ──taken──▶ started
 *               ▲                                                                          │
 *               └───────────────────── its lease ran out, or its node came back without it ┘
 */
export interface Place {
  device: string;
  settings: SessionSettings;
  wanted: 'running' | 'left';
  epoch: number;
  leaseUntil: number;
  started: boolean;
  /** As the device said last, and whether it ever was linked. */
  state: string;
  linked: boolean;
  /** It was asked to stop or to log out, and has not said that it did. */
  closing: boolean;
  /** Events of this epoch that are committed. */
  seq: number;
  /** Each lease that was given, for whoever asks later what was allowed when. */
  granted: { epoch: number; until: number; at: number }[];
}

export interface Places {
  add: (device: string, settings: SessionSettings) => Place;
  find: (device: string) => Place | undefined;
  all: () => Place[];
  /** A node has come: what it does not run under a good lease is to be started anew. */
  meet: (hello: Hello) => void;
  /** Of what it still runs; the rest is to be started anew. */
  renew: (running: Hello['running']) => LeaseRenewal[];
  /** Leases that ran out although the node is there. */
  expire: () => Place[];
  grant: (place: Place) => void;
  note: (frame: EventFrame) => void;
}

export const LEASE_MS = 30_000;

export const holdPlaces = (now: () => number): Places => {
  const places = new Map<string, Place>();
  const grant = (place: Place): void => {
    place.leaseUntil = now() + LEASE_MS;
    place.granted.push({ epoch: place.epoch, until: place.leaseUntil, at: now() });
  };
  const renumber = (place: Place): void => void Object.assign(place, { epoch: place.epoch + 1, started: false, seq: 0 });
  const isGood = (place: Place): boolean => place.leaseUntil > now();
  return {
    add: (device, settings) => {
      const place: Place = { device, settings, wanted: 'running', epoch: 1, leaseUntil: 0, started: false, state: 'stopped', linked: false, closing: false, seq: 0, granted: [] };
      places.set(device, place);
      return place;
    },
    find: (device) => places.get(device),
    all: () => [...places.values()],
    meet: ({ running }) => {
      for (const place of places.values()) {
        const runs = running.some(({ device, epoch }) => device === place.device && epoch === place.epoch) && isGood(place);
        if (runs) place.started = true;
        else renumber(place);
      }
    },
    renew: (running) => {
      for (const place of places.values()) if (place.started && !running.some(({ device, epoch }) => device === place.device && epoch === place.epoch)) renumber(place);
      const held = [...places.values()].filter((place) => place.started && isGood(place));
      held.forEach(grant);
      return held.map(({ device, epoch, leaseUntil }) => ({ device, epoch, until: leaseUntil }));
    },
    expire: () => {
      const over = [...places.values()].filter((place) => place.started && !isGood(place));
      over.forEach(renumber);
      return over;
    },
    grant,
    note: ({ device, event }) => {
      const place = places.get(device);
      if (place === undefined) return;
      if (event.type === 'session.changed') Object.assign(place, { state: event.state, closing: false });
      if (event.type === 'session.linked') place.linked = true;
      if (event.type === 'session.changed' && event.state === 'logged_out') place.linked = false;
    },
  };
};
