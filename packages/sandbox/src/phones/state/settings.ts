/** The product's own settings of this browser. Storage can be forbidden or full; the page then works without memory. */
type SettingName = 'theme' | 'locale';

export function readSetting(name: SettingName): string | null {
  try {
    return localStorage.getItem(`waxos.${name}`);
  } catch {
    return null;
  }
}

/** Answers whether it is kept: else it holds as long as the page is open. */
export function keepSetting(name: SettingName, value: string): boolean {
  try {
    localStorage.setItem(`waxos.${name}`, value);
    return true;
  } catch {
    return false;
  }
}
