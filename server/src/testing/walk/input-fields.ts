import { z } from 'zod';

export interface InputField {
  /** Dotted, as refusals name it. */
  path: string;
  isId: boolean;
}

interface Shape {
  properties?: Record<string, Shape>;
  format?: string;
}

/** The fields of an input, read from its schema, so that a new one cannot be forgotten. */
export const listInputFields = (schemas: readonly unknown[]): InputField[] =>
  schemas.flatMap((schema) => {
    if (!(schema instanceof z.ZodType)) throw new Error('an input is no zod schema');
    return fieldsOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape, '');
  });

const fieldsOf = (shape: Shape, prefix: string): InputField[] =>
  Object.entries(shape.properties ?? {}).flatMap(([name, inner]) => {
    const path = `${prefix}${name}`;
    return inner.properties === undefined ? [{ path, isId: inner.format === 'uuid' }] : fieldsOf(inner, `${path}.`);
  });

/** A copy of an input with another value at a dotted path. */
export const withField = (input: unknown, path: string, value: unknown): unknown => {
  const [name = '', ...rest] = path.split('.');
  const fields = typeof input === 'object' && input !== null ? Object.fromEntries(Object.entries(input)) : {};
  return { ...fields, [name]: rest.length === 0 ? value : withField(fields[name], rest.join('.'), value) };
};
