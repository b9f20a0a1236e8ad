interface GuardOptions {
  pid: number;
  signal: 'INT' | 'TERM';
  /** Shell condition, with the pid as $1 and `lookAt` as $2, that the process is still the one meant. */
  isStill: string;
  lookAt?: string;
  /** Whether the signal goes to all of the process's group. */
  wholeGroup?: boolean;
}

export interface Guard {
  /** To be called only when the guarded process is gone. */
  dismiss: () => void;
}

export const guardProcess: (options: GuardOptions) => Guard;
