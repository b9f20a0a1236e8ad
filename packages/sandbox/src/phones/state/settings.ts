/** The product's own settings of this browser. Storage can be forbidden or full; the page then works without memory. */
type SettingName = 'theme' | 'locale';

export function readSetting(name: SettingName): string | null {
  try {
    return localStorage.getItem(`waxos.${name}`);
  } catch (error) {
    console.warn('This browser keeps no settings.', error);
    return null;
  }
}

export function keepSetting(name: SettingName, value: string): void {
  try {
    localStorage.setItem(`waxos.${name}`, value);
  } catch (error) {
    console.warn('This browser keeps no settings.', error);
  }
}
