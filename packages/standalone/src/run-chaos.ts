import { runListed } from './run-listed.ts';

/** Runs bench/chaos/NAME.ts. */
export const runChaos = (args: string[]): Promise<number> => runListed({ folder: 'bench/chaos', verb: 'chaos', one: 'chaos' }, args);
