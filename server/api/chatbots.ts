import { z } from 'zod';
import { listContactFields } from '#db/queries/contact-fields.ts';
import { findChatbot, listChatbots } from '#db/queries/chatbots.ts';
import { flowSchema } from '#server/domain/chatbot/flow.ts';
import { botStateSchema } from '#server/domain/chatbot/state-schema.ts';
import { validateFlow } from '#server/domain/chatbot/validate-flow.ts';
import { DomainError, notFound } from '#server/platform/errors.ts';
import { idSchema } from '#server/platform/ids.ts';
import { createChatbot } from '#server/use-cases/chatbots/create-chatbot.ts';
import { deleteChatbot } from '#server/use-cases/chatbots/delete-chatbot.ts';
import { publishChatbot } from '#server/use-cases/chatbots/publish-chatbot.ts';
import { saveChatbotDraft } from '#server/use-cases/chatbots/save-chatbot-draft.ts';
import { tryOutChatbot } from '#server/use-cases/chatbots/try-out-chatbot.ts';
import { pageInput, router, workspaceProcedure } from './trpc.ts';

const nameSchema = z.string().trim().min(1).max(120);
const draftRevisionSchema = z.number().int().min(1).optional();

export const chatbotsRouter = router({
  /** By name. */
  list: workspaceProcedure
    .input(z.strictObject({ search: z.string().max(120).optional(), ...pageInput }).optional())
    .query(async ({ ctx: { db, actor }, input }) => {
      const { cursor, limit = 50, search } = input ?? {};
      const after = cursor == null ? null : listCursor(cursor);
      const rows = await listChatbots(db, actor.workspaceId, { search: search?.trim() || null, after, limit: limit + 1 });
      const items = rows.slice(0, limit).map(withDates);
      const last = items.at(-1);
      return { items, nextCursor: rows.length > limit && last ? `${last.id}|${last.name}` : null };
    }),

  get: workspaceProcedure.input(z.strictObject({ id: idSchema })).query(async ({ ctx: { db, actor }, input }) => {
    const chatbot = await findChatbot(db, actor.workspaceId, input.id);
    if (!chatbot) throw notFound('chatbot', input.id);
    const problems = validateFlow(chatbot.draft, { fields: await listContactFields(db, actor.workspaceId) });
    return { ...withDates(chatbot), problems };
  }),

  create: workspaceProcedure
    .input(z.strictObject({ name: nameSchema, flow: flowSchema.optional() }))
    .mutation(({ ctx: { db, actor }, input }) => createChatbot(db, actor, input)),

  saveDraft: workspaceProcedure
    .input(z.strictObject({ id: idSchema, name: nameSchema.optional(), flow: flowSchema, draftRevision: draftRevisionSchema }))
    .mutation(({ ctx: { db, actor }, input }) => saveChatbotDraft(db, actor, input)),

  publish: workspaceProcedure
    .input(z.strictObject({ id: idSchema, draftRevision: draftRevisionSchema }))
    .mutation(({ ctx: { db, actor }, input }) => publishChatbot(db, actor, input)),

  tryOut: workspaceProcedure
    .input(
      z.strictObject({
        flow: flowSchema,
        state: botStateSchema.optional(),
        text: z.string().max(10_000).optional(),
        contactId: idSchema.optional(),
      }),
    )
    .mutation(({ ctx: { db, actor }, input }) => tryOutChatbot(db, actor, input)),

  delete: workspaceProcedure
    .input(z.strictObject({ id: idSchema }))
    .mutation(({ ctx: { db, actor }, input }) => deleteChatbot(db, actor, input)),
});

function withDates<Row extends { createdAt: Date; updatedAt: Date }>(row: Row) {
  return { ...row, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() };
}

function listCursor(cursor: string): { id: string; name: string } {
  const [id = '', ...name] = cursor.split('|');
  if (!idSchema.safeParse(id).success)
    throw new DomainError('invalid', 'This cursor is not one that a list gave. Start from the first page.');
  return { id, name: name.join('|') };
}
