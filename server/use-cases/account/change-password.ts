/** Sets a new password. All sessions end, this one too: a cookie that was copied from it is worth nothing any more. */
import type { Db } from '#db/client.ts';
import { revokeSessionsOfUser, type SignedInUser } from '#db/queries/sessions.ts';
import { forgetAttempt, forgetAttemptsOf, recordAttempt } from '#db/queries/sign-in-failures.ts';
import { findCredentialsOfUser, updateUser } from '#db/queries/users.ts';
import { hashPassword, verifyPassword } from '#server/auth/passwords.ts';
import { DomainError } from '#server/platform/errors.ts';

/** Wrong current passwords in 15 minutes after which one must wait. */
const maxFailures = 10;

/** `invalid` with reason `wrongPassword` when `current` does not fit. The caller signs in anew. */
export async function changePassword(db: Db, user: SignedInUser, input: { current: string; next: string }): Promise<void> {
  const subject = `password:${user.userId}`;
  const counts = await recordAttempt(db, [subject]);
  if ((counts[subject] ?? 0) > maxFailures) {
    await forgetAttempt(db, [subject]);
    throw new DomainError('tooManyRequests', 'Too many attempts. Wait 15 minutes and try again.');
  }
  const credentials = await findCredentialsOfUser(db, user.userId);
  if (!(await verifyPassword(credentials?.passwordHash ?? null, input.current))) {
    throw new DomainError('invalid', 'The current password does not match.', { field: 'current', reason: 'wrongPassword' });
  }
  const passwordHash = await hashPassword(input.next);
  await db.transaction().execute(async (tx) => {
    await updateUser(tx, user.userId, { passwordHash });
    await revokeSessionsOfUser(tx, user.userId);
    await forgetAttemptsOf(tx, subject);
  });
}
