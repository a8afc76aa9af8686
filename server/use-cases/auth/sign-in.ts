/** Signs a person in with e-mail and password. */
import type { Db } from '#db/client.ts';
import { insertSession } from '#db/queries/sessions.ts';
import { failureMinutes, forgetAttempt, forgetAttemptsOf, recordAttempt } from '#db/queries/sign-in-failures.ts';
import { findCredentialsByEmail } from '#db/queries/users.ts';
import type { ClientAddress } from '#server/auth/client-address.ts';
import { normalizeIdentifier } from '#server/auth/identifier.ts';
import { verifyPassword } from '#server/auth/passwords.ts';
import { sessionDays } from '#server/auth/session-token.ts';
import { DomainError } from '#server/platform/errors.ts';

/** Failed attempts in 15 minutes after which an address must wait. */
const maxFailuresPerEmail = 10;
const maxFailuresPerClient = 50;

/** Opens a session. The same error, in about the same time, whether the account is missing or the password wrong;
 *  `tooManyRequests` after too many failures, before anything is looked up. */
export async function signIn(
  db: Db,
  input: { email: string; password: string; client: ClientAddress },
): Promise<{ userId: string; sessionId: string }> {
  const email = normalizeIdentifier(input.email);
  const emailSubject = `email:${email ?? 'none'}`;
  const clientSubject = `ip:${input.client.ip}`;
  const counts = await recordAttempt(db, [emailSubject, clientSubject]);
  if ((counts[emailSubject] ?? 0) > maxFailuresPerEmail || (counts[clientSubject] ?? 0) > maxFailuresPerClient) {
    await forgetAttempt(db, [emailSubject, clientSubject]);
    throw new DomainError('tooManyRequests', 'Too many attempts. Wait 15 minutes and try again.', {
      retryAfterSeconds: failureMinutes * 60,
    });
  }
  const credentials = email === null ? null : await findCredentialsByEmail(db, email);
  const fits = await verifyPassword(credentials?.passwordHash ?? null, input.password.slice(0, 200));
  if (!credentials || !fits) throw new DomainError('unauthenticated', 'E-mail or password do not match.');
  await forgetAttemptsOf(db, emailSubject);
  await forgetAttempt(db, [clientSubject]);
  const sessionId = await insertSession(db, { userId: credentials.id, userAgent: input.client.userAgent, days: sessionDays });
  return { userId: credentials.id, sessionId };
}
