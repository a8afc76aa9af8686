/** The one place that knows next-auth. It checks e-mail and password through the use-case, and puts nothing but
 *  the id of the `sessions` row into the cookie; whoever reads the cookie looks at that row. */
import NextAuth, { type NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { revokeSession } from '#db/queries/sessions.ts';
import { database } from '#server/platform/database.ts';
import { env } from '#server/platform/env.ts';
import { DomainError } from '#server/platform/errors.ts';
import { log } from '#server/platform/log.ts';
import { signIn } from '#server/use-cases/auth/sign-in.ts';
import { clientAddress } from './client-address.ts';
import { cookiesAreSecure, sessionCookieName, sessionDays } from './session-token.ts';

function options(): NextAuthOptions {
  const secure = cookiesAreSecure();
  const cookie = (name: string) => ({
    name,
    options: { httpOnly: true, sameSite: 'lax' as const, path: '/', secure },
  });
  return {
    secret: env().ANDANTE_SECRET,
    session: { strategy: 'jwt', maxAge: sessionDays * 24 * 60 * 60 },
    useSecureCookies: secure,
    cookies: {
      sessionToken: cookie(sessionCookieName()),
      csrfToken: cookie(secure ? '__Host-andante.csrf' : 'andante.csrf'),
      callbackUrl: cookie(secure ? '__Secure-andante.callback' : 'andante.callback'),
    },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {} },
        async authorize(credentials, request) {
          try {
            const { userId, sessionId } = await signIn(database(), {
              email: credentials?.email ?? '',
              password: credentials?.password ?? '',
              client: clientAddress(request.headers ?? {}),
            });
            return { id: userId, sessionId };
          } catch (error) {
            if (error instanceof DomainError) throw new Error(error.code, { cause: error });
            log.error({ error }, 'Signing in failed.');
            throw new Error('unavailable', { cause: error });
          }
        },
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        if (user && 'sessionId' in user) return { sessionId: user.sessionId };
        return { sessionId: token['sessionId'] };
      },
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url }) => (url.startsWith('/') && !url.startsWith('//') ? `${env().ANDANTE_URL}${url}` : env().ANDANTE_URL),
    },
    events: {
      async signOut({ token }) {
        const sessionId = token?.['sessionId'];
        if (typeof sessionId === 'string') await revokeSession(database(), { sessionId });
      },
    },
    logger: {
      error: (code, details) => log.error({ code, message: details instanceof Error ? details.message : undefined }, 'next-auth'),
      warn: (code) => log.debug({ code }, 'next-auth'),
      debug: () => {},
    },
  };
}

type RouteContext = { params: Promise<{ nextauth: string[] }> };

/** Handles everything below `/api/auth/`. */
export async function handleAuthRequest(request: Request, context: RouteContext): Promise<Response> {
  process.env['NEXTAUTH_URL'] ??= env().ANDANTE_URL;
  return NextAuth(request as never, context as never, options()) as unknown as Promise<Response>;
}
