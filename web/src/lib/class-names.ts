/** Joins class lists; a condition that is false leaves its classes out. */
export const classNames = (...parts: (string | false | undefined)[]): string => parts.filter(Boolean).join(' ');
