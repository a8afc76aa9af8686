import { z } from 'zod';
import { listKeptIds } from '#db/queries/contact-merges.ts';
import { listContactFields } from '#db/queries/contact-fields.ts';
import { countContacts } from '#db/queries/contact-search.ts';
import { listContactTimeline } from '#db/queries/contact-timeline.ts';
import { getContact, getContactDefaults, listContacts } from '#db/queries/contacts.ts';
import { listOptOuts } from '#db/queries/opt-outs.ts';
import { listTags } from '#db/queries/tags.ts';
import {
  contactFilterSchema,
  createContactSchema,
  createFieldSchema,
  tagNameSchema,
  updateContactSchema,
} from '#server/domain/contact/schema.ts';
import { type ContactTarget, contactTargetSchema } from '#server/domain/operation.ts';
import { DomainError, notFound } from '#server/platform/errors.ts';
import { changeContacts } from '#server/use-cases/contacts/change-contacts.ts';
import { createContact } from '#server/use-cases/contacts/create-contact.ts';
import { createField } from '#server/use-cases/contacts/create-field.ts';
import { optIn, optOut, refusalSchema } from '#server/use-cases/contacts/opt-out.ts';
import { updateContact } from '#server/use-cases/contacts/update-contact.ts';
import { duplicateProcedures } from './contact-duplicates.ts';
import { contactView } from './contact-view.ts';
import { noInput, pageInput, router, workspaceProcedure } from './trpc.ts';

const tags = z.array(tagNameSchema).min(1).max(50);
const taggingSchema = z.union([
  z.strictObject({ contactIds: z.array(z.uuid()).min(1).max(100_000), tags }),
  z.strictObject({ filter: contactFilterSchema, tags }),
]);

export const contactsRouter = router({
  ...duplicateProcedures,

  list: workspaceProcedure
    .input(z.strictObject({ ...contactFilterSchema.shape, ...pageInput }).optional())
    .query(async ({ ctx: { db, actor }, input }) => {
      const { cursor, limit = 50, ...filter } = input ?? {};
      const before = cursor == null ? null : listCursor(cursor);
      const defaults = await getContactDefaults(db, actor.workspaceId);
      const rows = await listContacts(db, actor.workspaceId, filter, { before, limit: limit + 1 });
      const items = rows.slice(0, limit).map((row) => contactView(row, defaults));
      return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    }),

  /** How many contacts a filter matches. */
  count: workspaceProcedure
    .input(contactFilterSchema.optional())
    .query(async ({ ctx: { db, actor }, input }) => ({ count: await countContacts(db, actor.workspaceId, input ?? {}) })),

  /** The id of a contact that was merged answers the one that was kept. */
  get: workspaceProcedure.input(z.strictObject({ id: z.uuid() })).query(async ({ ctx: { db, actor }, input }) => {
    const defaults = await getContactDefaults(db, actor.workspaceId);
    const keptId = (await listKeptIds(db, actor.workspaceId, [input.id])).get(input.id);
    const contact = await getContact(db, actor.workspaceId, keptId ?? input.id);
    const optOuts = (await listOptOuts(db, actor.workspaceId, contact.id)).map(({ at, ...optOut }) => ({
      ...optOut,
      at: at.toISOString(),
    }));
    return { ...contactView(contact, defaults), optOuts };
  }),

  create: workspaceProcedure.input(createContactSchema).mutation(async ({ ctx: { db, actor }, input }) => {
    const { contact, defaults, notice } = await createContact(db, actor, input);
    return { ...contactView(contact, defaults), notice };
  }),

  update: workspaceProcedure.input(updateContactSchema).mutation(async ({ ctx: { db, actor }, input }) => {
    const { contact, defaults, notice } = await updateContact(db, actor, input);
    return { ...contactView(contact, defaults), notice };
  }),

  /** One contact by `id` (not found when it is none), or many; above 1,000 it answers `{ operationId }`. */
  delete: workspaceProcedure
    .input(z.union([z.strictObject({ id: z.uuid() }), contactTargetSchema]))
    .mutation(async ({ ctx: { db, actor }, input }) => {
      if (!('id' in input)) return changeContacts(db, actor, { kind: 'deleteContacts', target: input });
      const answer = await changeContacts(db, actor, { kind: 'deleteContacts', target: { contactIds: [input.id] } });
      if ('accepted' in answer && answer.accepted.count === 0) throw notFound('contact', input.id);
      return answer;
    }),

  tag: workspaceProcedure
    .input(taggingSchema)
    .mutation(({ ctx: { db, actor }, input }) =>
      changeContacts(db, actor, { kind: 'tagContacts', target: targetOf(input), tags: input.tags }),
    ),

  untag: workspaceProcedure
    .input(taggingSchema)
    .mutation(({ ctx: { db, actor }, input }) =>
      changeContacts(db, actor, { kind: 'untagContacts', target: targetOf(input), tags: input.tags }),
    ),

  /** The contact refuses that kind of channel: its enrolments that send through it end, and none begins. */
  optOut: workspaceProcedure.input(refusalSchema).mutation(async ({ ctx: { db, actor }, input: { id, channelKind } }) => {
    await optOut(db, actor, { contactId: id, channelKind });
    return { id };
  }),

  /** The contact may be written to on that kind of channel again. */
  optIn: workspaceProcedure.input(refusalSchema).mutation(async ({ ctx: { db, actor }, input: { id, channelKind } }) => {
    await optIn(db, actor, { contactId: id, channelKind });
    return { id };
  }),

  timeline: workspaceProcedure.input(z.strictObject({ contactId: z.uuid(), ...pageInput })).query(async ({ ctx: { db, actor }, input }) => {
    await getContact(db, actor.workspaceId, input.contactId);
    const rows = await listContactTimeline(db, actor.workspaceId, input.contactId, {
      before: input.cursor == null ? null : timelineCursor(input.cursor),
      limit: input.limit + 1,
    });
    const items = rows.slice(0, input.limit);
    const last = items.at(-1);
    return { items, nextCursor: rows.length > input.limit && last ? `${last.at}|${last.id}` : null };
  }),

  tags: workspaceProcedure.input(noInput).query(async ({ ctx: { db, actor } }) => ({ items: await listTags(db, actor.workspaceId) })),

  fields: workspaceProcedure
    .input(noInput)
    .query(async ({ ctx: { db, actor } }) => ({ items: await listContactFields(db, actor.workspaceId) })),

  createField: workspaceProcedure.input(createFieldSchema).mutation(({ ctx: { db, actor }, input }) => createField(db, actor, input)),
});

function targetOf(input: z.infer<typeof taggingSchema>): ContactTarget {
  return 'filter' in input ? { filter: input.filter } : { contactIds: input.contactIds };
}

function listCursor(cursor: string): string {
  if (z.uuid().safeParse(cursor).success) return cursor;
  throw wrongCursor();
}

function timelineCursor(cursor: string): { at: string; id: string } {
  const [at = '', id = ''] = cursor.split('|');
  if (!z.iso.datetime({ precision: 6 }).safeParse(at).success || id === '') {
    throw wrongCursor();
  }
  return { at, id };
}

function wrongCursor(): DomainError {
  return new DomainError('invalid', 'This is not a cursor that an earlier answer gave.', { field: 'cursor' });
}
