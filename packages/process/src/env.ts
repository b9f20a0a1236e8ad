import { z } from 'zod';

/** One variable of a process: how it is read, and what a person needs to know to set it. */
export interface EnvVariable {
  schema: z.ZodType;
  /** One sentence, printed in .env.example. */
  about: string;
  /** A value that would be accepted, printed beside every complaint. */
  example: string;
  /** Secrets are handed out apart, so that the rest can be printed. */
  secret?: true;
}

export type EnvSpec = Record<string, EnvVariable>;

type Values<S extends EnvSpec> = { [K in keyof S]: z.output<S[K]['schema']> };
type NamesOf<S extends EnvSpec, Secret extends boolean> = {
  [K in keyof S]: S[K] extends { secret: true } ? (Secret extends true ? K : never) : Secret extends true ? never : K;
}[keyof S];

export interface EnvValues<S extends EnvSpec> {
  settings: Pick<Values<S>, NamesOf<S, false>>;
  secrets: Pick<Values<S>, NamesOf<S, true>>;
}

/** Says everything that is wrong with the environment at once, a line a variable. */
export class EnvError extends Error {
  override name = 'EnvError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** Reads every variable of the spec; an empty string counts as absent, as in a `.env` file. */
export const readEnv = <S extends EnvSpec>(spec: S, source: Record<string, string | undefined>): EnvValues<S> => {
  const problems: string[] = [];
  const settings: Record<string, unknown> = {};
  const secrets: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries(spec)) {
    const text = source[name];
    const read = variable.schema.safeParse(text === '' ? undefined : text);
    if (read.success) (variable.secret === true ? secrets : settings)[name] = read.data;
    else problems.push(envProblem(spec, name, read.error.issues[0]?.message ?? 'is not valid'));
  }
  if (problems.length > 0) throw new EnvError(problems);
  // The loop above filled exactly the names that the mapped types ask for.
  return { settings, secrets } as EnvValues<S>;
};

/** One complaint in the one form: name, what was wrong, an example. */
export const envProblem = (spec: EnvSpec, name: string, wrong: string): string =>
  `${name} ${wrong}. Example: ${name}=${spec[name]?.example ?? ''}`;

export const textVariable = z.string('is missing').min(1, 'is empty');

export const portVariable = z
  .string()
  .regex(/^\d+$/, 'must be a number from 0 to 65535')
  .transform(Number)
  .pipe(z.number().max(65_535, 'must be a number from 0 to 65535'));

export const flagVariable = z.enum(['true', 'false'], 'must be true or false').transform((text) => text === 'true');

export const urlVariable = (...protocols: string[]): z.ZodType<string, string> =>
  z.string('is missing').refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`);
