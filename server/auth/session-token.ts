/** The session cookie: an encrypted token that carries nothing but the id of a `sessions` row. */
import { decode, encode } from 'next-auth/jwt';
import { env } from '#server/platform/env.ts';

/** Days that a session lives, in the cookie and in its row. */
export const sessionDays = 30;

export function cookiesAreSecure(): boolean {
  return env().ANDANTE_URL.startsWith('https://');
}

export function sessionCookieName(): string {
  return cookiesAreSecure() ? '__Secure-andante.session' : 'andante.session';
}

/** What the cookie of a session holds, as signing in seals it. */
export function sealedSession(sessionId: string, secret: string): Promise<string> {
  return encode({ token: { sessionId }, secret });
}

/** The id of the session named by a request's cookie, or null. Whether the session still lives stands in the table. */
export async function sessionIdOf(headers: Headers): Promise<string | null> {
  const token = cookieValue(headers.get('cookie') ?? '', sessionCookieName());
  if (!token) return null;
  try {
    const payload = await decode({ token, secret: env().ANDANTE_SECRET });
    return typeof payload?.['sessionId'] === 'string' ? payload['sessionId'] : null;
  } catch {
    return null;
  }
}

function cookieValue(header: string, name: string): string | null {
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}
