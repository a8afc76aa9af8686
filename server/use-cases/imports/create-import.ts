import type { Db, Tx } from '#db/client.ts';
import { type DraftValues, getImport, type ImportRow, insertImport, lockImport, updateDraft } from '#db/queries/imports.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { formatParts } from '#server/domain/contact-csv/format.ts';
import type { Mapping } from '#server/domain/contact-csv/mapping.ts';
import { type ImportOptions, importOptionsSchema } from '#server/domain/contact-csv/options.ts';
import { DomainError } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { checkEnrollable } from './check-enrollable.ts';
import { checkMapping, type FormatOverrides, type ImportPlan, planImport } from './import-plan.ts';

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
    await lockDraft(tx, workspaceId, id);
    await updateDraft(tx, workspaceId, id, values);
    return getImport(tx, workspaceId, id);
  });
}

/** Throws `conflict` when it is a draft no more. */
export async function lockDraft(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<ImportRow> {
  const found = await lockImport(tx, workspaceId, id);
  if (found.status === 'draft') return found;
  throw new DomainError('conflict', 'This import was started already. Make a new one to import the file again.', {
    status: found.status,
    reason: 'importStarted',
  });
}

async function draftValues(db: Db, actor: Actor, input: CreateImportInput): Promise<DraftValues> {
  const plan = await planImport(db, actor.workspaceId, input);
  const values = valuesOf(plan, input);
  checkMapping(plan, values.mapping, values.options);
  return values;
}

/** What a draft holds of a file that was read like this. */
export function valuesOf(plan: ImportPlan, input: CreateImportInput): DraftValues {
  const given = formatParts.filter((part) => input.format?.[part] !== undefined);
  const format = { ...plan.format, header: plan.header, given };
  return { uploadId: plan.upload.id, format, mapping: plan.mapping, options: importOptionsSchema.parse(input.options ?? {}) };
}
