import type { english } from './english.ts';

/** One sentence for each plural form of the language, chosen by `{count}`. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;
export type Saying = string | PluralForms;

export type English = typeof english;
export type Key = keyof English;
/** A language that forgets a sentence does not compile. */
export type Dictionary = { readonly [K in Key]: English[K] extends string ? string : PluralForms };

type NamesIn<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type TextsOf<M> = M extends string ? M : M[keyof M];
type Names<K extends Key> = NamesIn<TextsOf<English[K]>>;

/** What a sentence has to be given: nothing, or its parameters. */
export type Values<K extends Key> = [Names<K>] extends [never] ? [] : [values: Readonly<Record<Names<K>, string | number>>];

const braces = /\{(\w+)\}/g;

export const parametersOf = (saying: Saying): string[] => {
  const text = typeof saying === 'string' ? saying : saying.other;
  return [...new Set([...text.matchAll(braces)].map((match) => match[1] ?? ''))].sort();
};

export interface Formats {
  plural: Intl.PluralRules;
  number: Intl.NumberFormat;
}

export function say(saying: Saying, values: Readonly<Record<string, string | number>>, formats: Formats): string {
  const { count } = values;
  const text = typeof saying === 'string' ? saying : ((typeof count === 'number' ? saying[formats.plural.select(count)] : undefined) ?? saying.other);
  return text.replaceAll(braces, (all, name: string) => {
    const value = values[name];
    return typeof value === 'number' ? formats.number.format(value) : (value ?? all);
  });
}
