import { spawn } from 'node:child_process';

interface Program {
  /** A script that Node runs, such as node_modules/typescript/bin/tsc: a shebang would find the machine's Node. */
  script: string;
  args: readonly string[];
  cwd: string;
  env?: Record<string, string>;
  timeoutMs?: number;
}

export interface Run {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end on this very Node. A non-zero exit is an answer, not an error. */
export const runProgram = (program: Program): Promise<Run> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program.script, ...program.args], {
      cwd: program.cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: program.timeoutMs ?? 120_000,
      killSignal: 'SIGKILL',
      ...(program.env === undefined ? {} : { env: program.env }),
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
