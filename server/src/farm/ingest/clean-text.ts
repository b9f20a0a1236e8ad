/** PostgreSQL stores neither a zero character nor half of a pair; people's words may hold both. */
const unstorable = /\\u0000|\\ud[89a-f]/i;

export const cleanText = <T>(told: T): T => (unstorable.test(JSON.stringify(told)) ? (clean(told) as T) : told);

const clean = (value: unknown): unknown => {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\u0000', '\uFFFD');
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, clean(one)]));
  return value;
};
