import { expect, test } from 'vitest';
import { EnvError, flagVariable, portVariable, readEnv, textVariable, urlVariable, type EnvSpec } from './env.ts';

const spec = {
  PORT: { schema: portVariable.default(3000), about: 'Port.', example: '3000' },
  NAME: { schema: textVariable, about: 'Name.', example: 'Harbour' },
  FLAG: { schema: flagVariable.default(false), about: 'Flag.', example: 'true' },
  TOKEN: { schema: urlVariable('https:'), about: 'Token.', example: 'https://example.com', secret: true },
} as const satisfies EnvSpec;

const problemsOf = (source: Record<string, string>): readonly string[] => {
  try {
    readEnv(spec, source);
    return [];
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
};

test('secrets are handed out apart from what may be printed', () => {
  const read = readEnv(spec, { NAME: 'Harbour', TOKEN: 'https://example.com/t' });
  expect(read).toEqual({ settings: { PORT: 3000, NAME: 'Harbour', FLAG: false }, secrets: { TOKEN: 'https://example.com/t' } });
});

test('every problem is told at once, with the name, what is wrong and an example', () => {
  expect(problemsOf({ PORT: '99999', FLAG: 'yes', TOKEN: 'ftp://x' })).toEqual([
    'PORT must be a number from 0 to 65535. Example: PORT=3000',
    'NAME is missing. Example: NAME=Harbour',
    'FLAG must be true or false. Example: FLAG=true',
    'TOKEN must be a URL that begins with https://. Example: TOKEN=https://example.com',
  ]);
});

test('an empty line of a .env file counts as not set', () => {
  expect(problemsOf({ NAME: '', TOKEN: '' })).toEqual(['NAME is missing. Example: NAME=Harbour', 'TOKEN is missing. Example: TOKEN=https://example.com']);
});

test('a complaint never repeats a secret’s value', () => {
  expect(problemsOf({ NAME: 'x', TOKEN: 'hunter2' }).join()).not.toContain('hunter2');
});
