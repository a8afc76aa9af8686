/** Gives every page its content security policy with a fresh nonce. It decides nothing about who may see what:
 *  that is for the procedures. The API is left out, because what passes through here is cut at 10 MB. */
import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy } from '#server/platform/content-security-policy.ts';

export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const https = (process.env['ANDANTE_URL'] ?? '').startsWith('https://');
  const policy = contentSecurityPolicy(nonce, { development: process.env.NODE_ENV === 'development', https });
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  if (https) response.headers.set('strict-transport-security', 'max-age=31536000');
  return response;
}

export const config = { matcher: ['/((?!api/|_next/static|_next/image|.*\\.(?:svg|png|ico|webmanifest)$).*)'] };
