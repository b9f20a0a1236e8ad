/** One sentence for each plural form of the language, chosen by `{count}`. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;
export type Saying = string | PluralForms;

const braces = /\{(\w+)\}/g;

export const parametersOf = (saying: Saying): string[] => {
  const text = typeof saying === 'string' ? saying : saying.other;
  return [...new Set([...text.matchAll(braces)].map((match) => match[1] ?? ''))].sort();
};

interface Formats {
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
