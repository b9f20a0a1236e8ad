import type { Locale } from '@waxos/contract/fields';
import type { Catalogue } from './catalogue.ts';

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
