/**
 * The gateway's clock as this node sees it. Leases and deadlines come in the gateway's time, and the two may be minutes
 * apart; here they are told in the node's own, too early rather than too late: the gateway's answer is taken to be as
 * old as the question.
 *
 *   unknown ──an answer──▶ known ──the own clock jumped──▶ unknown
 *
 * A wall clock that goes on by other than what has passed was set, or the machine was suspended, during which the steady
 * one stands still. Either way nothing that was reckoned before holds any more.
 */
export interface GatewayClock {
  /** Before the gateway is asked for its time. */
  ask: () => Asked;
  learn: (asked: Asked, gatewayNow: number) => void;
  /** In the node's own time; undefined while the gateway's is not known. */
  toOwn: (gatewayMs: number) => number | undefined;
  /** As near as it is known. */
  toGateway: (ownMs: number) => number;
  /** Also done by itself, several times a second. */
  look: () => void;
  close: () => void;
}

interface Asked {
  at: number;
  jumps: number;
}

interface ClockOptions {
  /** May be set, and goes on while the machine is suspended. */
  wall: () => number;
  /** Neither. */
  steady: () => number;
  /** By how much it went past, or fell behind, what has passed. */
  jumped: (byMs: number) => void;
  lookMs?: number;
}

/** A clock that is being corrected slowly stays far below it from one look to the next. */
const jumpMs = 1_000;

export const followClock = ({ wall, steady, jumped, lookMs = 250 }: ClockOptions): GatewayClock => {
  let apart = wall() - steady();
  let jumps = 0;
  let ahead: number | undefined;
  const look = (): void => {
    const now = wall() - steady();
    const by = now - apart;
    apart = now;
    if (Math.abs(by) < jumpMs) return;
    jumps += 1;
    ahead = undefined;
    jumped(by);
  };
  const timer = setInterval(look, lookMs);
  return {
    ask: () => {
      look();
      return { at: wall(), jumps };
    },
    learn: (asked, gatewayNow) => {
      look();
      if (asked.jumps === jumps) ahead = gatewayNow - asked.at;
    },
    toOwn: (gatewayMs) => {
      look();
      return ahead === undefined ? undefined : gatewayMs - ahead;
    },
    toGateway: (ownMs) => Math.round(ownMs + (ahead ?? 0)),
    look,
    close: () => clearInterval(timer),
  };
};
