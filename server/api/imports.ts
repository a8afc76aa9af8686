import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { listContactFields } from '#db/queries/contact-fields.ts';
import { listContactsByIds } from '#db/queries/contacts.ts';
import { getImport, listImports } from '#db/queries/imports.ts';
import { type ImportedRow, listImportRows } from '#db/queries/import-rows.ts';
import { kindsByKey } from '#server/domain/contact/fields.ts';
import { csvFormatSchema } from '#server/domain/contact-csv/format.ts';
import { mappingSchema, unfinishedMappingSchema } from '#server/domain/contact-csv/mapping.ts';
import { importOptionsSchema, rowOutcomes } from '#server/domain/contact-csv/options.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { cancelImport } from '#server/use-cases/imports/cancel-import.ts';
import { createImport } from '#server/use-cases/imports/create-import.ts';
import { dryRunImport } from '#server/use-cases/imports/dry-run-import.ts';
import { previewImport } from '#server/use-cases/imports/preview-import.ts';
import { previewUndo } from '#server/use-cases/imports/preview-undo.ts';
import { saveDraft } from '#server/use-cases/imports/save-draft.ts';
import { startImport } from '#server/use-cases/imports/start-import.ts';
import { suggestOptions } from '#server/use-cases/imports/suggest-options.ts';
import { undoImport } from '#server/use-cases/imports/undo-import.ts';
import { importRowView } from './import-row-view.ts';
import { importView } from './import-view.ts';
import { pageInput, router, workspaceProcedure } from './trpc.ts';
import { wrongCursor } from './wrong-cursor.ts';

/** What is left out is detected from the file, or is the default. */
const createSchema = z.strictObject({
  uploadId: z.uuid(),
  format: csvFormatSchema.partial().optional(),
  mapping: mappingSchema.optional(),
  options: importOptionsSchema.partial().optional(),
});
const byId = z.strictObject({ id: z.uuid() });

export const importsRouter = router({
  preview: workspaceProcedure.input(createSchema).query(({ ctx: { db, actor }, input }) => previewImport(db, actor, input)),

  /** Tags, sequence, key, start and rules of an import, for another one of its refused rows, mended; `left` names what of it cannot be had
   *  any more. */
  suggestedOptions: workspaceProcedure.input(byId).query(({ ctx: { db, actor }, input }) => suggestOptions(db, actor, input.id)),

  /** Counts what the import would do, over the whole file, and prepares it: at once for a small file, else `dryRun.status` is
   *  `running`. `id`: a draft that is to do this instead. */
  dryRun: workspaceProcedure
    .input(createSchema.extend({ id: z.uuid().optional() }))
    .mutation(async ({ ctx: { db, actor }, input }) => importView(await dryRunImport(db, actor, input))),

  /** Keeps a draft as far as it has come; whether it can be started is checked at the start. `id`: a draft that is to be this. */
  saveDraft: workspaceProcedure
    .input(createSchema.extend({ id: z.uuid().optional(), mapping: unfinishedMappingSchema.optional() }))
    .mutation(async ({ ctx: { db, actor }, input }) => importView(await saveDraft(db, actor, input))),

  create: workspaceProcedure
    .input(createSchema)
    .mutation(async ({ ctx: { db, actor }, input }) => importView(await createImport(db, actor, input))),

  start: workspaceProcedure
    .input(byId)
    .mutation(async ({ ctx: { db, actor }, input }) => importView(await startImport(db, actor, input.id))),

  get: workspaceProcedure
    .input(byId)
    .query(async ({ ctx: { db, actor }, input }) => importView(await getImport(db, actor.workspaceId, input.id))),

  list: workspaceProcedure.input(z.strictObject(pageInput).optional()).query(async ({ ctx: { db, actor }, input }) => {
    const limit = input?.limit ?? 50;
    const before = input?.cursor ?? null;
    if (before !== null && !z.uuid().safeParse(before).success) throw wrongCursor();
    const rows = await listImports(db, actor.workspaceId, { before, limit: limit + 1 });
    const items = rows.slice(0, limit).map(importView);
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }),

  rows: workspaceProcedure
    .input(
      z.strictObject({
        id: z.uuid(),
        outcome: z.enum(rowOutcomes).optional(),
        reason: z.string().max(60).optional(),
        /** Only rows that could not be undone; `undo` says why. */
        kept: z.literal(true).optional(),
        /** Only rows that say that somebody opted out, where that is not on record: they were refused, or left aside. */
        optOut: z.literal('notRecorded').optional(),
        ...pageInput,
      }),
    )
    .query(async ({ ctx: { db, actor }, input }) => {
      const found = await getImport(db, actor.workspaceId, input.id);
      const { mapping, format } = found;
      const kinds = kindsByKey(await listContactFields(db, actor.workspaceId));
      const afterLine = input.cursor == null ? 0 : Number(input.cursor);
      if (!Number.isSafeInteger(afterLine) || afterLine < 0) throw wrongCursor();
      const rows = await listImportRows(db, actor.workspaceId, input.id, input, { afterLine, limit: input.limit + 1 });
      const items = (await withContacts(db, actor.workspaceId, rows.slice(0, input.limit))).map(({ contact, ...row }) => ({
        ...importRowView(row, { mapping, header: format.header, kinds }),
        contact,
      }));
      return { items, nextCursor: rows.length > input.limit ? String(items.at(-1)?.line ?? '') : null };
    }),

  cancel: workspaceProcedure
    .input(byId)
    .mutation(async ({ ctx: { db, actor }, input }) => importView(await cancelImport(db, actor, input.id))),

  /** What `undo` would come to: contacts that go, rows that get back what was there, enrolments that end, and rows that stay by reason.
   *  Of more than 10,000 rows these are estimates (`isExact` is false). */
  undoPreview: workspaceProcedure.input(byId).query(({ ctx: { db, actor }, input }) => previewUndo(db, actor, input.id)),

  undo: workspaceProcedure.input(byId).mutation(async ({ ctx: { db, actor }, input }) => importView(await undoImport(db, actor, input.id))),
});

/** Each row with whose it is; `contact` is null where there is nobody, or nobody any more. */
async function withContacts(db: Db, workspaceId: WorkspaceId, rows: readonly ImportedRow[]) {
  const contacts = await listContactsByIds(db, workspaceId, [...new Set(rows.flatMap(({ contactId }) => contactId ?? []))]);
  const byId = new Map(contacts.map(({ id, name, phone, email }) => [id, { id, name, phone, email }]));
  return rows.map((row) => ({ ...row, contact: (row.contactId !== null && byId.get(row.contactId)) || null }));
}
