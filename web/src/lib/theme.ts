import type { Theme } from '@waxos/contract/fields';
import { keepSetting } from './stored-setting.ts';

export const themes = ['system', 'light', 'dark'] as const satisfies readonly Theme[];

/** Applies a theme at once and keeps it for public/first-paint.js, which runs before the page does. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  keepSetting('theme', theme);
}
