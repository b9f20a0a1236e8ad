/** Where this browser is; a new workspace most likely is there too. */
export const browserTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;
