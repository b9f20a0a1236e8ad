import { SandboxRefusal } from '../network/refusal.ts';

/** How many bytes each network may keep of something, and all of them together: one must not take the machine from the others. */
export interface Allowance {
  /** Refuses where nothing more fits, or not so much more. */
  check: (network: string, more?: number) => void;
  used: (network: string) => number;
  set: (network: string, bytes: number) => void;
}

interface AllowanceOptions {
  /** As it stands in the refusal: 'messages'. */
  what: string;
  /** What whoever runs it can raise. */
  variable: string;
  eachMax: number;
}

/** So many networks may be full at once: of ledgers, that is about 2 GB of memory. */
const ALL = 3;
const MB = 1_000_000;

export const openAllowance = ({ what, variable, eachMax }: AllowanceOptions): Allowance => {
  const kept = new Map<string, number>();
  let sum = 0;
  const used = (network: string): number => kept.get(network) ?? 0;
  return {
    used,
    set: (network, bytes) => {
      sum += bytes - used(network);
      kept.set(network, bytes);
    },
    check: (network, more = 1) => {
      const refuse = (whose: string, most: number): never => {
        throw new SandboxRefusal('too_many', `The sandbox keeps no more ${what} ${whose}: ${Math.round(most / MB)} MB is the most. Whoever runs it can raise ${variable}.`);
      };
      if (used(network) + more > eachMax) refuse('of this workspace', eachMax);
      if (sum + more > eachMax * ALL) refuse('of all workspaces together', eachMax * ALL);
    },
  };
};
