import type { ActArgs, ActName } from '../acts/acts.ts';
import type { ActValue } from '../wire/results.ts';
import type { Core } from './core.ts';
import type { Actor } from './network.ts';

/** One thing that a person does: it refuses, or says what happens, and answers. Nothing has happened when it refuses. */
export type Act<N extends ActName> = (core: Core, actor: Actor, args: ActArgs<N>) => ActValue<N>;

/** As the ledger writes who did it. */
export const byOf = ({ by }: Actor): string => (by === 'phone' ? by : by.device);

/** What an act answers that has nothing to tell. */
export const done: Record<string, never> = {};
