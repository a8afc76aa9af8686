/** The signed-in person: name, language, password, sessions. Keys have no account. */
import { z } from 'zod';
import { listSessionsOfUser, revokeSession } from '#db/queries/sessions.ts';
import { updateUser } from '#db/queries/users.ts';
import { passwordSchema } from '#server/auth/passwords.ts';
import { notFound } from '#server/platform/errors.ts';
import { idSchema } from '#server/platform/ids.ts';
import { changePassword } from '#server/use-cases/account/change-password.ts';
import { localeSchema, personNameSchema } from '#server/use-cases/workspace/create-first-workspace.ts';
import { accountProcedure, router } from './trpc.ts';

const noInput = z.strictObject({}).optional();

export const accountRouter = router({
  get: accountProcedure.input(noInput).query(({ ctx: { user } }) => ({ name: user.name, email: user.email, locale: user.locale })),

  update: accountProcedure
    .input(z.strictObject({ name: personNameSchema.optional(), locale: localeSchema.optional() }))
    .mutation(async ({ ctx: { db, user }, input }) => {
      await updateUser(db, user.userId, input);
      return {};
    }),

  /** Ends all sessions, this one too: sign in again with the new password. */
  changePassword: accountProcedure
    .input(z.strictObject({ current: z.string().max(200), next: passwordSchema }))
    .mutation(async ({ ctx: { db, user }, input }) => {
      await changePassword(db, user, input);
      return {};
    }),

  sessions: accountProcedure.input(noInput).query(async ({ ctx: { db, user } }) => {
    const rows = await listSessionsOfUser(db, user.userId);
    const items = rows.map(({ id, userAgent, createdAt, expiresAt }) => ({
      id,
      userAgent,
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      current: id === user.sessionId,
    }));
    return { items, nextCursor: null };
  }),

  revokeSession: accountProcedure.input(z.strictObject({ id: idSchema })).mutation(async ({ ctx: { db, user }, input }) => {
    if (!(await revokeSession(db, { sessionId: input.id, userId: user.userId }))) throw notFound('open session', input.id);
    return {};
  }),
});
