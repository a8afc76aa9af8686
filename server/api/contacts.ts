import { z } from 'zod';
import { listConsents } from '#db/queries/consents.ts';
import { listContactFields } from '#db/queries/contact-fields.ts';
import { findImportsOfAnswers } from '#db/queries/contact-imports.ts';
import { countOrEstimate } from '#db/queries/contact-count.ts';
import { listContactTimeline } from '#db/queries/contact-timeline.ts';
import { getContact, getContactDefaults } from '#db/queries/contacts.ts';
import { listOptOuts } from '#db/queries/opt-outs.ts';
import { listTags } from '#db/queries/tags.ts';
import { countPrecisions } from '#server/domain/contact/count.ts';
import {
  contactFilterSchema,
  createContactSchema,
  createContactsSchema,
  createFieldSchema,
  fieldValueSchema,
  idempotencyKeySchema,
  tagNameSchema,
  updateContactSchema,
  updateFieldSchema,
} from '#server/domain/contact/schema.ts';
import { exportFormatSchema } from '#server/domain/export.ts';
import { fieldKeySchema } from '#server/domain/contact/fields.ts';
import { type ContactTarget, contactTargetSchema } from '#server/domain/operation.ts';
import { changeContacts, removeFromSequence, setField, setOwner } from '#server/use-cases/contacts/change-contacts.ts';
import { createContact } from '#server/use-cases/contacts/create-contact.ts';
import { createContacts } from '#server/use-cases/contacts/create-contacts.ts';
import { createField } from '#server/use-cases/contacts/create-field.ts';
import { filterCondition } from '#server/use-cases/contacts/filter-condition.ts';
import { optIn, optOut, refusalSchema } from '#server/use-cases/contacts/opt-out.ts';
import { consentSchema, setConsent } from '#server/use-cases/contacts/set-consent.ts';
import { updateContact } from '#server/use-cases/contacts/update-contact.ts';
import { requestExport } from '#server/use-cases/exports/request-export.ts';
import { erasePerson } from '#server/use-cases/privacy/erase-person.ts';
import { exportPerson } from '#server/use-cases/privacy/export-person.ts';
import { suppressedOf } from '#server/use-cases/suppressions/suppressed-among.ts';
import { goneContact } from '#server/use-cases/contacts/merged-away.ts';
import { updateField } from '#server/use-cases/contacts/update-field.ts';
import { contactPage, orderInput } from './contact-page.ts';
import { duplicateProcedures } from './contact-duplicates.ts';
import { contactView } from './contact-view.ts';
import { noInput, pageInput, router, workspaceProcedure } from './trpc.ts';
import { isCursorInstant, wrongCursor } from './wrong-cursor.ts';

const tags = z.array(tagNameSchema).min(1).max(50);
const [byIds, byFilter] = contactTargetSchema.options;
const taggingSchema = z.union([byIds.extend({ tags }), byFilter.extend({ tags })]);
const setting = { key: fieldKeySchema, value: fieldValueSchema };
const owning = { ownerId: z.uuid().nullable() };
const owningSchema = z.union([byIds.extend(owning), byFilter.extend(owning)]);
const removal = { sequenceId: z.uuid().optional() };
const removalSchema = z.union([byIds.extend(removal), byFilter.extend(removal)]);
const settingSchema = z.union([byIds.extend(setting), byFilter.extend(setting)]);

export const contactsRouter = router({
  ...duplicateProcedures,

  list: workspaceProcedure
    .input(z.strictObject({ ...contactFilterSchema.shape, ...orderInput, ...pageInput }).optional())
    .query(({ ctx: { db, actor }, input }) => {
      const { cursor, limit = 50, sort = 'created', direction, ...filter } = input ?? {};
      return contactPage(db, actor.workspaceId, filter, { cursor, limit, sort, direction });
    }),

  /** How many contacts a filter matches: exact up to 10,000, and estimated above, where `isExact` is false. `precision: 'quick'` takes an
   *  estimate also of few, where all contacts would have to be read to count them; `exact` counts them all. */
  count: workspaceProcedure
    .input(z.strictObject({ ...contactFilterSchema.shape, precision: z.enum(countPrecisions).default('usual') }).optional())
    .query(async ({ ctx: { db, actor }, input }) => {
      const { precision = 'usual', ...filter } = input ?? {};
      return countOrEstimate(db, actor.workspaceId, await filterCondition(db, actor.workspaceId, filter), precision);
    }),

  /** The id of a contact that was merged answers the one that was kept. */
  get: workspaceProcedure.input(z.strictObject({ id: z.uuid() })).query(async ({ ctx: { db, actor }, input }) => {
    const defaults = await getContactDefaults(db, actor.workspaceId);
    const contact = await getContact(db, actor.workspaceId, input.id);
    const refused = await listOptOuts(db, actor.workspaceId, contact.id);
    const agreed = await listConsents(db, actor.workspaceId, contact.id);
    // Where an import wrote it down, which.
    const imports = refused.length + agreed.length > 0 ? await findImportsOfAnswers(db, actor.workspaceId, contact.id) : null;
    const optOuts = refused.map(({ at, ...optOut }) => ({
      ...optOut,
      at: at.toISOString(),
      import: imports?.get(`optOut.${optOut.channelKind}`) ?? null,
    }));
    const consents = agreed.map(({ at, ...consent }) => ({
      ...consent,
      at: at.toISOString(),
      import: imports?.get(`consent.${consent.channelKind}`) ?? null,
    }));
    const isSuppressed = await suppressedOf(db, actor.workspaceId, [contact.phone, contact.email]);
    return {
      ...contactView(contact, defaults),
      optOuts,
      consents,
      /** Whether each address is on the suppression list. */
      suppressed: {
        phone: contact.phone !== null && isSuppressed(contact.phone),
        email: contact.email !== null && isSuppressed(contact.email),
      },
    };
  }),

  create: workspaceProcedure
    .input(createContactSchema.extend({ idempotencyKey: idempotencyKeySchema }))
    .mutation(async ({ ctx: { db, actor }, input }) => {
      const { contact, defaults, notice } = await createContact(db, actor, input);
      return { ...contactView(contact, defaults), notice };
    }),

  /** Up to 1,000 at once. `row` is the place in `contacts`, from 0; a row that is refused leaves the others alone. */
  createMany: workspaceProcedure.input(createContactsSchema).mutation(({ ctx: { db, actor }, input }) => createContacts(db, actor, input)),

  update: workspaceProcedure.input(updateContactSchema).mutation(async ({ ctx: { db, actor }, input }) => {
    const { contact, defaults, notice } = await updateContact(db, actor, input);
    return { ...contactView(contact, defaults), notice };
  }),

  /** One contact by `id` (not found when it is none, a conflict that names the kept one when it was merged), or many; above 1,000 it
   *  answers `{ operationId }`. */
  delete: workspaceProcedure
    .input(z.union([z.strictObject({ id: z.uuid() }), contactTargetSchema]))
    .mutation(async ({ ctx: { db, actor }, input }) => {
      if (!('id' in input)) return changeContacts(db, actor, { kind: 'deleteContacts', target: input });
      const answer = await changeContacts(db, actor, { kind: 'deleteContacts', target: { contactIds: [input.id] } });
      if ('accepted' in answer && answer.accepted.count === 0) throw await goneContact(db, actor.workspaceId, input.id);
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

  /** Gives all of them the value of a custom field; null takes it from them. */
  setField: workspaceProcedure
    .input(settingSchema)
    .mutation(({ ctx: { db, actor }, input }) => setField(db, actor, { target: targetOf(input), key: input.key, value: input.value })),

  /** A member looks after all of them; null: nobody does. */
  setOwner: workspaceProcedure
    .input(owningSchema)
    .mutation(({ ctx: { db, actor }, input }) => setOwner(db, actor, { target: targetOf(input), ownerId: input.ownerId })),

  /** Ends what they have under way in the sequence, or in every one where none is named. */
  removeFromSequence: workspaceProcedure
    .input(removalSchema)
    .mutation(({ ctx: { db, actor }, input }) => removeFromSequence(db, actor, { target: targetOf(input), sequenceId: input.sequenceId })),

  /** The contact refuses that kind of channel: its enrolments that send through it end, and none begins. */
  optOut: workspaceProcedure.input(refusalSchema).mutation(async ({ ctx: { db, actor }, input: { id, channelKind } }) => {
    return { id: await optOut(db, actor, { contactId: id, channelKind }) };
  }),

  /** The contact may be written to on that kind of channel again. */
  optIn: workspaceProcedure.input(refusalSchema).mutation(async ({ ctx: { db, actor }, input: { id, channelKind } }) => {
    return { id: await optIn(db, actor, { contactId: id, channelKind }) };
  }),

  /** What the contact agreed to on that kind of channel, with its source and date. `withdrawn` is an opt-out too. */
  setConsent: workspaceProcedure.input(consentSchema).mutation(async ({ ctx: { db, actor }, input }) => {
    return { id: await setConsent(db, actor, input) };
  }),

  /** A file of them: `url` streams it for a day. */
  export: workspaceProcedure
    .input(z.union([byIds.extend({ format: exportFormatSchema }), byFilter.extend({ format: exportFormatSchema })]))
    .mutation(({ ctx: { db, actor }, input: { format, ...target } }) => requestExport(db, actor, { kind: 'contacts', format, target })),

  /** One person, out of every table; the addresses stay on the suppression list as keyed hashes, unless `suppress` is false. */
  erase: workspaceProcedure
    .input(z.strictObject({ id: z.uuid(), suppress: z.boolean().default(true) }))
    .mutation(({ ctx: { db, actor }, input }) => erasePerson(db, actor, input)),

  /** Everything about one person, as it is stored. */
  exportPerson: workspaceProcedure
    .input(z.strictObject({ id: z.uuid() }))
    .mutation(({ ctx: { db, actor }, input }) => exportPerson(db, actor, input)),

  timeline: workspaceProcedure.input(z.strictObject({ contactId: z.uuid(), ...pageInput })).query(async ({ ctx: { db, actor }, input }) => {
    const { id: contactId } = await getContact(db, actor.workspaceId, input.contactId);
    const rows = await listContactTimeline(db, actor.workspaceId, contactId, {
      before: input.cursor == null ? null : timelineCursor(input.cursor),
      limit: input.limit + 1,
    });
    const items = rows.slice(0, input.limit);
    const last = items.at(-1);
    return { items, nextCursor: rows.length > input.limit && last ? `${last.at}|${last.id}` : null };
  }),

  /** `withCounts`: how many contacts bear each; that takes a while where they are many. */
  tags: workspaceProcedure
    .input(z.strictObject({ withCounts: z.boolean().optional() }).optional())
    .query(async ({ ctx: { db, actor }, input }) => ({
      items: await listTags(db, actor.workspaceId, { withCounts: input?.withCounts ?? false }),
    })),

  fields: workspaceProcedure
    .input(noInput)
    .query(async ({ ctx: { db, actor } }) => ({ items: await listContactFields(db, actor.workspaceId) })),

  createField: workspaceProcedure.input(createFieldSchema).mutation(({ ctx: { db, actor }, input }) => createField(db, actor, input)),

  updateField: workspaceProcedure.input(updateFieldSchema).mutation(({ ctx: { db, actor }, input }) => updateField(db, actor, input)),
});

function targetOf(input: ContactTarget): ContactTarget {
  return 'filter' in input ? { filter: input.filter } : { contactIds: input.contactIds };
}

function timelineCursor(cursor: string): { at: string; id: string } {
  const [at = '', id = ''] = cursor.split('|');
  if (!isCursorInstant(at) || id === '') {
    throw wrongCursor();
  }
  return { at, id };
}
