import { runListed } from './run-listed.ts';

/** Runs bench/NAME.ts. */
export const runBench = (args: string[]): Promise<number> => runListed({ folder: 'bench', verb: 'bench', one: 'benchmark' }, args);
