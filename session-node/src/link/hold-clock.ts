/**
 * The gateway's clock, in which leases and deadlines are told, in terms of this machine's. How far the two are apart is
 * measured with each answer; what is not known of the way there counts as lost time, so nothing is held for too long.
 */
export interface GatewayClock {
  /** What the gateway said its clock was, in answer to what was asked at this moment of ours. */
  heard: (gatewayNow: number, askedAt: number) => void;
  toOurs: (gatewayTime: number) => number;
}

export const holdClock = (): GatewayClock => {
  let ahead = 0;
  return {
    heard: (gatewayNow, askedAt) => {
      ahead = gatewayNow - askedAt;
    },
    toOurs: (gatewayTime) => gatewayTime - ahead,
  };
};
