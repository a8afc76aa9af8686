import { env } from '#server/platform/env.ts';

/** Whether a browser says that one of our own pages sent this. */
export function isSameOrigin(request: Request): boolean {
  const origin = request.headers.get('origin');
  if (origin === null) return request.headers.get('sec-fetch-site') === 'same-origin' || !request.headers.has('cookie');
  if (origin === new URL(env().ANDANTE_URL).origin) return true;
  return URL.canParse(origin) && new URL(origin).host === request.headers.get('host');
}
