import type { Locale } from '@waxos/contract/fields';
import type { english } from './en/catalogue.ts';
import type { ParameterNames, Translated } from './message.ts';

export type English = typeof english;
export type MessageKey = keyof English;
export type Catalogue = Translated<English>;

/** What a message has to be given, as the rest of an argument list: nothing, or its parameters. */
export type MessageArguments<Key extends MessageKey> = [ParameterNames<English[Key]>] extends [never]
  ? []
  : [values: Readonly<Record<ParameterNames<English[Key]>, string | number>>];

/** Each language is a file of its own, so that nobody downloads the other four. */
export async function loadCatalogue(locale: Locale): Promise<Catalogue> {
  switch (locale) {
    case 'en':
      return (await import('./en/catalogue.ts')).english;
    case 'pt-BR':
      return (await import('./pt-BR/catalogue.ts')).portuguese;
    case 'es':
      return (await import('./es/catalogue.ts')).spanish;
    case 'id':
      return (await import('./id/catalogue.ts')).indonesian;
    case 'ar':
      return (await import('./ar/catalogue.ts')).arabic;
  }
}
