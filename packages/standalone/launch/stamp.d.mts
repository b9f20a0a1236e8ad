interface LockFile {
  packages?: Record<string, object>;
}

export const stampOf: (lockText: string, platform: string) => string;
export const isInstalled: (checkoutDir: string) => Promise<boolean>;
export const writeStamp: (checkoutDir: string) => Promise<void>;
export const recordCovers: (lock: LockFile, record: LockFile) => boolean;
