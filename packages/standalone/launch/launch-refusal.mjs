/** A start that cannot go on, in one sentence for the person at the terminal. */
export class LaunchRefusal extends Error {
  constructor(sentence, exitCode = 1) {
    super(sentence);
    this.exitCode = exitCode;
  }
}
