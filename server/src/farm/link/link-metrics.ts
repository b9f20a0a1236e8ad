import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What the links of this gateway do, counted; ids of devices and nodes are no labels, or each would be a series. */
export interface LinkMetrics {
  events: (outcome: 'ingested' | 'parked' | 'refused' | 'unreadable', count: number) => void;
  acked: (waitedMs: number) => void;
  glimpse: (outcome: 'passed' | 'dropped') => void;
  command: (outcome: string) => void;
}

export interface LinkReadings {
  links: () => number;
  heldEvents: () => number;
}

export const openLinkMetrics = (registers: Registry[], readings: LinkReadings): LinkMetrics => {
  const counter = (name: string, help: string): Counter<'outcome'> => new Counter({ name, help, labelNames: ['outcome'], registers });
  const gauge = (name: string, help: string, read: () => number): Gauge =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge('waxos_node_links', 'Session nodes that are linked to this gateway.', readings.links);
  gauge('waxos_node_events_held', 'Events that nodes told and that are not committed yet.', readings.heldEvents);
  const events = counter('waxos_node_events_total', 'Events that nodes told, by what became of them.');
  const glimpses = counter('waxos_node_glimpses_total', 'Glimpses that nodes told.');
  const commands = counter('waxos_node_commands_total', 'Commands given to nodes, by the answer.');
  const acks = new Histogram({
    name: 'waxos_node_ack_seconds',
    help: 'From the arrival of an event to its acknowledgement, of the oldest of each batch.',
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
    registers,
  });
  return {
    events: (outcome, count) => events.inc({ outcome }, count),
    acked: (waitedMs) => acks.observe(waitedMs / 1_000),
    glimpse: (outcome) => glimpses.inc({ outcome }),
    command: (outcome) => commands.inc({ outcome }),
  };
};
