/** Members and invitations. */
import { z } from 'zod';
import { listOpenInvitations } from '#db/queries/invitations.ts';
import { listMembers } from '#db/queries/members.ts';
import { passwordSchema } from '#server/auth/passwords.ts';
import { roles } from '#server/domain/roles.ts';
import { idSchema } from '#server/platform/ids.ts';
import { acceptInvitation, readInvitation } from '#server/use-cases/members/accept-invitation.ts';
import { changeMemberRole } from '#server/use-cases/members/change-member-role.ts';
import { inviteMember } from '#server/use-cases/members/invite-member.ts';
import { removeMember } from '#server/use-cases/members/remove-member.ts';
import { withdrawInvitation } from '#server/use-cases/members/withdraw-invitation.ts';
import { localeSchema, personNameSchema } from '#server/use-cases/workspace/create-first-workspace.ts';
import { idPage } from './id-page.ts';
import { openProcedure, pageInput, router, workspaceProcedure } from './trpc.ts';

const byId = z.strictObject({ id: idSchema });
const token = z.string().max(200);

export const membersRouter = router({
  list: workspaceProcedure.input(z.strictObject(pageInput).optional()).query(({ ctx: { db, actor }, input }) =>
    idPage(input, async ({ after, limit }) => {
      const rows = await listMembers(db, actor.workspaceId, { after, limit });
      return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
    }),
  ),

  /** Answers the token of a single-use link, `/invite/<token>`; it is shown this once. */
  invite: workspaceProcedure
    .input(z.strictObject({ email: z.string().max(254), role: z.enum(roles) }))
    .mutation(async ({ ctx: { db, actor }, input }) => {
      const invitation = await inviteMember(db, actor, input);
      return { id: invitation.id, token: invitation.token, expiresAt: invitation.expiresAt.toISOString() };
    }),

  invitations: workspaceProcedure.input(z.strictObject(pageInput).optional()).query(({ ctx: { db, actor }, input }) =>
    idPage(input, async ({ after, limit }) => {
      const rows = await listOpenInvitations(db, actor.workspaceId, { before: after, limit });
      return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString(), expiresAt: row.expiresAt.toISOString() }));
    }),
  ),

  revokeInvitation: workspaceProcedure.input(byId).mutation(async ({ ctx: { db, actor }, input }) => {
    await withdrawInvitation(db, actor, input);
    return {};
  }),

  update: workspaceProcedure
    .input(z.strictObject({ id: idSchema, role: z.enum(roles) }))
    .mutation(async ({ ctx: { db, actor }, input }) => {
      await changeMemberRole(db, actor, input);
      return {};
    }),

  remove: workspaceProcedure.input(byId).mutation(async ({ ctx: { db, actor }, input }) => {
    await removeMember(db, actor, input);
    return {};
  }),

  /** What an invitation offers, to whoever holds its link. */
  invitation: openProcedure.input(z.strictObject({ token })).query(async ({ ctx, input }) => {
    const { workspaceName, email, role, hasAccount } = await readInvitation(ctx.db, input.token);
    return { workspaceName, email, role, hasAccount };
  }),

  /** Accepts it: with `person` as somebody new, without as the signed-in person that it was made for. */
  accept: openProcedure
    .input(
      z.strictObject({
        token,
        person: z.strictObject({ name: personNameSchema, password: passwordSchema, locale: localeSchema }).optional(),
      }),
    )
    .mutation(({ ctx, input }) => acceptInvitation(ctx.db, { token: input.token, person: input.person ?? null, user: ctx.user ?? null })),
});
