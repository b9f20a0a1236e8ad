import type { App, ModuleTable } from '../app.ts';
import { callingCodeOf, countryCodes } from './calling-codes.ts';

const digitsOf = (number: unknown): string => String(number).replace(/[:@].*/, '').replaceAll(/\D/g, '');

/** `+1 (202) 555-0143`, and elsewhere in threes with what is left at the end, as there is no one rule for the world. */
export const formatPhone = (number: unknown): string => {
  const digits = digitsOf(number);
  const code = callingCodeOf(digits);
  const rest = digits.slice(code.length);
  if (code === '1' && rest.length === 10) return `+1 (${rest.slice(0, 3)}) ${rest.slice(3, 6)}-${rest.slice(6)}`;
  return `+${code} ${rest.replaceAll(/(\d{3})(?=\d{3})/g, '$1 ')}`.trimEnd();
};

/** Numbers and countries. */
export const phoneNumberModules = (_app: App): ModuleTable => {
  const names = new Intl.DisplayNames(['en'], { type: 'region' });
  return {
    WAWebPhoneUtils: { formattedPhoneNumber: formatPhone },
    WAPhoneFindCC: { findCC: (number: unknown): string => callingCodeOf(digitsOf(number)) },
    WAWebL10N: { getRegion: (): string => new Intl.Locale(navigator.language).maximize().region ?? 'US' },
    WAWebCountriesNativeCountryNames: { countryCodesIso: Object.fromEntries(countryCodes.map((code) => [code, names.of(code)])) },
  };
};
