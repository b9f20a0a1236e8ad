import type { english } from './en/catalogue.ts';
import type { ParameterNames, Translated } from './message.ts';

export type English = typeof english;
export type MessageKey = keyof English;
export type Catalogue = Translated<English>;

/** What a message has to be given, as the rest of an argument list: nothing, or its parameters. */
export type MessageArguments<Key extends MessageKey> = [ParameterNames<English[Key]>] extends [never]
  ? []
  : [values: Readonly<Record<ParameterNames<English[Key]>, string | number>>];
