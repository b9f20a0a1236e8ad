export interface FoundChromium {
  executablePath: string;
  /** Variables that it must be started with, on top of the usual ones. */
  env: Record<string, string>;
  /** The small build without a window, from npm. */
  isHeadlessShell: boolean;
}
