/** A plain sentence, or one sentence for each plural form of the language, chosen by `{count}`. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;
export type Message = string | PluralForms;

type NamesIn<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type TextsOf<M> = M extends string ? M : M[keyof M];

/** The names between braces in a message, as a type: a forgotten parameter does not compile. */
export type ParameterNames<M> = NamesIn<TextsOf<M>>;
export type ParameterValues = Readonly<Record<string, string | number>>;

/** The same keys in another language. Plural messages stay plural, with the forms that language has. */
export type Translated<English> = { readonly [Key in keyof English]: English[Key] extends string ? string : PluralForms };

const pattern = /\{(\w+)\}/g;

export function parameterNames(message: Message): string[] {
  const text = typeof message === 'string' ? message : message.other;
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))].sort();
}

export interface MessageFormats {
  plural: Intl.PluralRules;
  number: Intl.NumberFormat;
}

export function formatMessage(message: Message, values: ParameterValues, formats: MessageFormats): string {
  const text = typeof message === 'string' ? message : pluralForm(message, values, formats);
  return text.replaceAll(pattern, (braces, name: string) => {
    const value = values[name];
    if (value === undefined) return braces;
    return typeof value === 'number' ? formats.number.format(value) : value;
  });
}

function pluralForm(forms: PluralForms, values: ParameterValues, formats: MessageFormats): string {
  const count = values.count;
  return (typeof count === 'number' ? forms[formats.plural.select(count)] : undefined) ?? forms.other;
}
