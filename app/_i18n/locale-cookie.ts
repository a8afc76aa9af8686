/** Where the chosen language is kept, for the browser's side; `request.ts` reads it on the server. */
import type { Locale } from './catalogues.ts';

export const localeCookie = 'andante.locale';

export function setLocaleCookie(locale: Locale): void {
  // document.cookie, since the Cookie Store API is missing in Safari and Firefox
  document.cookie = `${localeCookie}=${locale}; path=/; max-age=31536000; samesite=lax`;
}
