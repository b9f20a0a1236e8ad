/** Why a device runs nowhere, or cannot go where it is asked to. */
export type Refusal =
  | 'no_node' // no node takes anything
  | 'no_label' // none of those that do is of the kind, region or labels it needs
  | 'no_room' // none of those has the memory
  | 'over_limit'; // its workspace has as many as it may

/**
 * `lost`: its node is dead, and nothing is closed first. `refused`, `drain`: its node takes it no more.
 * `pin`: by hand. `needs`: its node has not what it needs. `pressure`: its node is over what it may use.
 * `balance`: another node has much more room.
 */
export type MoveReason = 'lost' | 'refused' | 'drain' | 'pin' | 'needs' | 'pressure' | 'balance';

export interface Move {
  device: string;
  from: string;
  to: string;
  why: MoveReason;
}

/** All lists come most important first, but for moves off a draining node: there the least important leaves first. */
export interface Decision {
  placements: { device: string; node: string }[];
  moves: Move[];
  starts: { device: string; node: string }[];
  unplaced: { device: string; why: Refusal }[];
  /** They go on running where they should not be any more. */
  held: { device: string; node: string; why: Refusal }[];
}
