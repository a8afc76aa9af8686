import type { Db } from '#db/client.ts';
import { getImport, type ImportRow, insertImport } from '#db/queries/imports.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import type { Mapping } from '#server/domain/contact-csv/mapping.ts';
import { type ImportOptions, importOptionsSchema } from '#server/domain/contact-csv/options.ts';
import { checkEnrollable } from './check-enrollable.ts';
import { checkMapping, type FormatOverrides, planImport } from './import-plan.ts';

export interface CreateImportInput {
  readonly uploadId: string;
  readonly format?: FormatOverrides | undefined;
  readonly mapping?: Mapping | undefined;
  readonly options?: Partial<ImportOptions> | undefined;
}

/** Prepares an import of an uploaded file; nothing is written to contacts before it is started. What is not given is
 *  detected from the file. Throws `notFound` (upload, sequence), `invalid` (mapping), `conflict` (sequence not published). */
export async function createImport(db: Db, actor: Actor, input: CreateImportInput): Promise<ImportRow> {
  const { workspaceId } = actor;
  const plan = await planImport(db, workspaceId, input);
  const options = importOptionsSchema.parse(input.options ?? {});
  checkMapping(plan, plan.mapping, options);
  return db.transaction().execute(async (tx) => {
    if (options.sequenceId !== null) await checkEnrollable(tx, workspaceId, options.sequenceId);
    const id = await insertImport(tx, workspaceId, {
      uploadId: plan.upload.id,
      format: { ...plan.format, header: plan.header },
      mapping: plan.mapping,
      options,
      createdByKind: actor.kind,
      createdBy: actorId(actor),
    });
    return getImport(tx, workspaceId, id);
  });
}
