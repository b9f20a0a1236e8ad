/** Why something cannot start, in one sentence for the person at the terminal. Nothing else is printed. */
export class BadStart extends Error {
  override name = 'BadStart';
}

const sentences: Record<string, (folder: string) => string> = {
  ENOSPC: (folder) => `The disk that holds ${folder} is full: make room and start again.`,
  EDQUOT: (folder) => `The disk quota for ${folder} is used up: make room and start again.`,
  EACCES: (folder) => `Waxos may not write to ${folder}: change its owner, or set DATA_DIR to a folder of your own.`,
  EPERM: (folder) => `Waxos may not write to ${folder}: change its owner, or set DATA_DIR to a folder of your own.`,
  EROFS: (folder) => `${folder} is on a read-only disk: set DATA_DIR to a folder that can be written.`,
  ENOTDIR: (folder) => `${folder} is not a folder: set DATA_DIR to one.`,
  EEXIST: (folder) => `${folder} is not a folder: set DATA_DIR to one.`,
};

/** Turns what the file system refused into a sentence about the folder; anything else stays what it is. */
export const refuseForFolder = (error: unknown, folder: string): unknown => {
  const sentence = sentences[codeOf(error) ?? ''];
  return sentence === undefined ? error : new BadStart(sentence(folder));
};

export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
