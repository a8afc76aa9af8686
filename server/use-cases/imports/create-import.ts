import type { Db } from '#db/client.ts';
import { getImport, type ImportRow, insertImport, lockImport, updateDraft } from '#db/queries/imports.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import type { Mapping } from '#server/domain/contact-csv/mapping.ts';
import { type ImportOptions, importOptionsSchema } from '#server/domain/contact-csv/options.ts';
import { DomainError } from '#server/platform/errors.ts';
import { checkEnrollable } from './check-enrollable.ts';
import { checkMapping, type FormatOverrides, planImport } from './import-plan.ts';

export interface CreateImportInput {
  readonly uploadId: string;
  readonly format?: FormatOverrides | undefined;
  readonly mapping?: Mapping | undefined;
  readonly options?: Partial<ImportOptions> | undefined;
}

/** Prepares an import of an uploaded file; nothing is written to contacts before it is started. What is not given is
 *  detected from the file. Throws `notFound` (upload, sequence), `invalid` (mapping, a file without rows), `conflict` (sequence not
 *  published). */
export async function createImport(db: Db, actor: Actor, input: CreateImportInput): Promise<ImportRow> {
  const { workspaceId } = actor;
  const values = await draftValues(db, actor, input);
  return db.transaction().execute(async (tx) => {
    const { sequenceId } = values.options;
    if (sequenceId !== null) await checkEnrollable(tx, workspaceId, sequenceId);
    const id = await insertImport(tx, workspaceId, { ...values, createdByKind: actor.kind, createdBy: actorId(actor) });
    return getImport(tx, workspaceId, id);
  });
}

/** The same for a draft that is there already. Throws `conflict` when it was started. */
export async function updateImport(db: Db, actor: Actor, id: string, input: CreateImportInput): Promise<ImportRow> {
  const { workspaceId } = actor;
  const values = await draftValues(db, actor, input);
  return db.transaction().execute(async (tx) => {
    const { sequenceId } = values.options;
    if (sequenceId !== null) await checkEnrollable(tx, workspaceId, sequenceId);
    const found = await lockImport(tx, workspaceId, id);
    if (found.status !== 'draft') {
      throw new DomainError('conflict', 'This import was started already. Make a new one.', { status: found.status });
    }
    await updateDraft(tx, workspaceId, id, values);
    return getImport(tx, workspaceId, id);
  });
}

async function draftValues(db: Db, actor: Actor, input: CreateImportInput) {
  const plan = await planImport(db, actor.workspaceId, input);
  const options = importOptionsSchema.parse(input.options ?? {});
  checkMapping(plan, plan.mapping, options);
  return { uploadId: plan.upload.id, format: { ...plan.format, header: plan.header }, mapping: plan.mapping, options };
}
