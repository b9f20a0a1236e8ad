/** Offset in minutes as it is now, for the order of the list; the text says it in the reader's language. */
function describeZone(zone: string, locale: string, now: Date): { zone: string; offset: string; minutes: number } {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(now);
  const text = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(text) ?? [];
  const shown = new Intl.DateTimeFormat(locale === 'ar' ? 'ar-u-nu-latn' : locale, { timeZone: zone, timeZoneName: 'shortOffset' })
    .formatToParts(now)
    .find((part) => part.type === 'timeZoneName');
  return { zone, offset: shown?.value ?? text, minutes: (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) };
}

interface ZoneChoice {
  value: string;
  label: string;
}

/** Every zone this browser knows, west to east; one that only the server knows stays choosable. */
export function timeZoneChoices(present: string, locale: string, now = new Date()): ZoneChoice[] {
  const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', present]);
  return [...zones]
    .map((zone) => describeZone(zone, locale, now))
    .sort((one, other) => one.minutes - other.minutes || one.zone.localeCompare(other.zone))
    .map(({ zone, offset }) => ({ value: zone, label: `${zone.replaceAll('_', ' ')} (${offset})` }));
}
