import type { Language } from './languages.ts';

export interface Times {
  clock: (seconds: number) => string;
  date: (seconds: number) => string;
  dateTime: (seconds: number) => string;
  /** Today, yesterday, a weekday of the last six days, or the date. */
  day: (seconds: number, now?: Date) => string;
  length: (seconds: number) => string;
  size: (bytes: number) => string;
  number: (value: number) => string;
}

/** Numbers of phones, times and sizes are in one set of digits in every language. */
export const formatTag = (language: Language): string => (language === 'ar' ? 'ar-u-nu-latn' : language);

const dayMs = 86_400_000;
const at = (seconds: number): Date => new Date(seconds * 1_000);
const midnight = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

export const sameDay = (a: number, b: number): boolean => midnight(at(a)) === midnight(at(b));

export function createTimes(language: Language): Times {
  const tag = formatTag(language);
  const clock = new Intl.DateTimeFormat(tag, { hour: 'numeric', minute: '2-digit' });
  const date = new Intl.DateTimeFormat(tag, { dateStyle: 'medium' });
  const dateTime = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' });
  const weekday = new Intl.DateTimeFormat(tag, { weekday: 'long' });
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  const number = new Intl.NumberFormat(tag);
  const sizes = (['byte', 'kilobyte', 'megabyte'] as const).map((unit) => new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short', maximumFractionDigits: 1 }));
  return {
    clock: (seconds) => clock.format(at(seconds)),
    date: (seconds) => date.format(at(seconds)),
    dateTime: (seconds) => dateTime.format(at(seconds)),
    day: (seconds, now = new Date()) => {
      const days = Math.round((midnight(now) - midnight(at(seconds))) / dayMs);
      if (days === 0 || days === 1) return relative.format(-days, 'day');
      return days > 1 && days < 7 ? weekday.format(at(seconds)) : date.format(at(seconds));
    },
    length: (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`,
    size: (bytes) => {
      const step = bytes < 1_000 ? 0 : bytes < 1_000_000 ? 1 : 2;
      return (sizes[step] ?? number).format(bytes / 1_000 ** step);
    },
    number: (value) => number.format(value),
  };
}
