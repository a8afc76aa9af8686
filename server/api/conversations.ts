import { z } from 'zod';
import { type ConversationRow, findConversation, listConversations } from '#db/queries/conversations.ts';
import { notFound } from '#server/platform/errors.ts';
import { idSchema } from '#server/platform/ids.ts';
import { releaseConversation, resolveConversation } from '#server/use-cases/conversations/release-conversation.ts';
import { takeOverConversation } from '#server/use-cases/conversations/take-over-conversation.ts';
import { idPage } from './id-page.ts';
import { pageInput, router, workspaceProcedure } from './trpc.ts';

const byId = z.strictObject({ id: idSchema });

export const conversationsRouter = router({
  list: workspaceProcedure
    .input(z.strictObject({ contactId: idSchema.optional(), status: z.enum(['open', 'resolved']).optional(), ...pageInput }).optional())
    .query(({ ctx: { db, actor }, input }) => {
      const { cursor, limit = 50, ...filter } = input ?? {};
      return idPage({ cursor, limit }, async (page) =>
        (await listConversations(db, actor.workspaceId, filter, page)).map(conversationView),
      );
    }),

  get: workspaceProcedure.input(byId).query(async ({ ctx: { db, actor }, input }) => {
    const row = await findConversation(db, actor.workspaceId, input.id);
    if (!row) throw notFound('conversation', input.id);
    return conversationView(row);
  }),

  /** Bots fall silent in it, and the contact's enrolments wait until it is released. */
  takeOver: workspaceProcedure.input(byId.extend({ userId: idSchema.optional() })).mutation(async ({ ctx: { db, actor }, input }) => {
    await takeOverConversation(db, actor, input);
    return { id: input.id };
  }),

  release: workspaceProcedure.input(byId).mutation(async ({ ctx: { db, actor }, input }) => {
    await releaseConversation(db, actor, input.id);
    return { id: input.id };
  }),

  resolve: workspaceProcedure.input(byId).mutation(async ({ ctx: { db, actor }, input }) => {
    await resolveConversation(db, actor, input.id);
    return { id: input.id };
  }),
});

function conversationView({ ownerUserId, ownerName, takenOverAt, lastInboundAt, ...row }: ConversationRow) {
  return {
    ...row,
    owner: ownerUserId === null ? null : { userId: ownerUserId, name: ownerName },
    takenOverAt: takenOverAt?.toISOString() ?? null,
    lastInboundAt: lastInboundAt?.toISOString() ?? null,
  };
}
