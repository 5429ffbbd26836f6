import type { Preferences } from '../stores/preferences.ts';

export type Theme = Preferences['theme'];

const KEY = 'streamwall.theme';

const themes: readonly Theme[] = ['dark', 'light', 'contrast'];

/** The theme that was chosen on this machine; high contrast where the machine asks for it; else dark. */
export function rememberedTheme(): Theme {
  const kept = themes.find((theme) => theme === readKept());
  if (kept !== undefined) return kept;
  return window.matchMedia('(prefers-contrast: more)').matches ? 'contrast' : 'dark';
}

/** Shows a theme and keeps it for the next start; a browser that keeps nothing shows it all the same. */
export function showTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Storage can be switched off; the theme then lasts as long as the window.
  }
}

function readKept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
