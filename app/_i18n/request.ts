/** The language of a request: what was chosen (cookie), else what the browser asks for, else pt-BR. */
import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { catalogues, isLocale, type Locale } from './catalogues.ts';
import { localeCookie } from './locale-cookie.ts';

export default getRequestConfig(async () => {
  const locale = await requestLocale();
  return { locale, messages: catalogues[locale], timeZone: 'UTC' };
});

async function requestLocale(): Promise<Locale> {
  const chosen = (await cookies()).get(localeCookie)?.value;
  if (isLocale(chosen)) return chosen;
  const accepted = (await headers()).get('accept-language') ?? '';
  const first = accepted
    .split(',')
    .map((part) => part.split(';')[0]?.trim().toLowerCase() ?? '')
    .find((tag) => /^(pt|en)\b/.test(tag));
  return first?.startsWith('en') ? 'en' : 'pt-BR';
}
