/** One thing that is wrong, and where. */
export interface Finding {
  file?: string | undefined;
  line?: number | undefined;
  message: string;
}

export interface Outcome {
  findings: Finding[];
  /** What was looked at, such as '212 files'; a check that looked at nothing must not pass. */
  examined: string;
}

export interface Check {
  name: string;
  /** `options` are what followed the check's name on the command line, such as `--write`. */
  run(root: string, options: readonly string[]): Promise<Outcome>;
}

export const formatFinding = ({ file, line, message }: Finding): string => {
  if (file === undefined) return message;
  return line === undefined ? `${file} ${message}` : `${file}:${line} ${message}`;
};

/**
 * Tools have passed before by looking at nothing (a new compiler broke their reader, a glob missed),
 * so every check names files that it must have seen.
 */
export const demandSeen = (seen: ReadonlySet<string>, known: readonly string[]): Finding[] =>
  known.filter((file) => !seen.has(file)).map((file) => ({ file, message: 'was not examined, so this check proves nothing' }));
