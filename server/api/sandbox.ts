import { z } from 'zod';
import { getContact } from '#db/queries/contacts.ts';
import { listSandboxContacts, listSandboxItems, searchSandboxContacts } from '#db/queries/sandbox.ts';
import { replyInSandbox } from '#server/use-cases/inbound/reply-in-sandbox.ts';
import { router, workspaceProcedure } from './trpc.ts';

export const sandboxRouter = router({
  /** Contacts with whom something was said in the sandbox, the latest first; with `search`, any contact that has an address. */
  contacts: workspaceProcedure
    .input(
      z.strictObject({ search: z.string().trim().max(200).optional(), limit: z.number().int().min(1).max(100).default(50) }).optional(),
    )
    .query(async ({ ctx: { db, actor }, input }) => {
      const limit = input?.limit ?? 50;
      const rows = input?.search
        ? await searchSandboxContacts(db, actor.workspaceId, input.search, limit)
        : await listSandboxContacts(db, actor.workspaceId, limit);
      return { items: rows.map(({ lastAt, ...row }) => ({ ...row, lastAt: lastAt?.toISOString() ?? null })), nextCursor: null };
    }),

  /** What arrived on the contact's phone and in the mailbox, and what the contact wrote back, oldest first. */
  messages: workspaceProcedure
    .input(z.strictObject({ contactId: z.uuid(), limit: z.number().int().min(1).max(500).default(200) }))
    .query(async ({ ctx: { db, actor }, input }) => {
      const contact = await getContact(db, actor.workspaceId, input.contactId);
      const rows = await listSandboxItems(db, actor.workspaceId, contact.id, input.limit);
      return { items: rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })), nextCursor: null };
    }),

  /** The contact writes back. `kind`: whether it is a reply, an answer to a chatbot, a wish to be left alone, a machine's answer, or was
   *  taken before. */
  reply: workspaceProcedure
    .input(
      z.strictObject({
        contactId: z.uuid(),
        channelAccountId: z.uuid(),
        text: z.string().trim().min(1).max(10_000),
        subject: z.string().trim().min(1).max(998).optional(),
        outOfOffice: z.boolean().optional(),
        idempotencyKey: z.string().min(1).max(200).optional(),
      }),
    )
    .mutation(({ ctx: { db, actor }, input }) => replyInSandbox(db, actor, input)),
});
