import type { english } from './english.ts';
import type { PluralForms } from './saying.ts';

type English = typeof english;
export type Key = keyof English;
/** A language that forgets a sentence does not compile. */
export type Dictionary = { readonly [K in Key]: English[K] extends string ? string : PluralForms };

type NamesIn<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type TextsOf<M> = M extends string ? M : M[keyof M];
type Names<K extends Key> = NamesIn<TextsOf<English[K]>>;

/** What a sentence has to be given: nothing, or its parameters. */
export type Values<K extends Key> = [Names<K>] extends [never] ? [] : [values: Readonly<Record<Names<K>, string | number>>];
