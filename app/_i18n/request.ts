/** The language of a request: what was chosen in this browser (cookie), else in the account, else what the browser asks for, else pt-BR. */
import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { signedInUser } from '#server/auth/context.ts';
import { catalogues, isLocale, type Locale } from './catalogues.ts';
import { localeCookie } from './locale-cookie.ts';

export default getRequestConfig(async () => {
  const locale = await requestLocale();
  return { locale, messages: catalogues[locale], timeZone: 'UTC' };
});

async function requestLocale(): Promise<Locale> {
  const chosen = (await cookies()).get(localeCookie)?.value;
  if (isLocale(chosen)) return chosen;
  const incoming = await headers();
  // A database that is away must not take the error page with it.
  const user = await signedInUser(incoming).catch(() => null);
  if (isLocale(user?.locale)) return user.locale;
  const accepted = incoming.get('accept-language') ?? '';
  const first = accepted
    .split(',')
    .map((part) => part.split(';')[0]?.trim().toLowerCase() ?? '')
    .find((tag) => /^(pt|en)\b/.test(tag));
  return first?.startsWith('en') ? 'en' : 'pt-BR';
}
