import type { RefusalCode } from '../wire/frames.ts';

/** The network says no, and why: bad input, a stranger, no right. Nothing has changed. */
export class SandboxRefusal extends Error {
  readonly code: RefusalCode;
  constructor(code: RefusalCode, text: string) {
    super(text);
    this.name = 'SandboxRefusal';
    this.code = code;
  }
}
