import { isDeepStrictEqual } from 'node:util';
import type { Db } from '#db/client.ts';
import { getImport, type ImportRow, insertImport, updateDraft } from '#db/queries/imports.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { type CreateImportInput, lockDraft, valuesOf } from './create-import.ts';
import { planImport } from './import-plan.ts';

export interface SaveDraftInput extends CreateImportInput {
  /** A draft of before, which is to be this. */
  readonly id?: string | undefined;
}

/** Keeps an import as far as somebody has come with it, also where it could not be started yet; that is checked at the start. What it would
 *  do, counted before, stays where nothing has changed. Throws `notFound` (draft, upload), `invalid` (a file that cannot be read),
 *  `conflict` for a draft that was started. */
export async function saveDraft(db: Db, actor: Actor, { id, ...input }: SaveDraftInput): Promise<ImportRow> {
  const { workspaceId } = actor;
  const values = valuesOf(await planImport(db, workspaceId, input), input);
  return db.transaction().execute(async (tx) => {
    if (id === undefined) {
      const made = await insertImport(tx, workspaceId, { ...values, createdByKind: actor.kind, createdBy: actorId(actor) });
      return getImport(tx, workspaceId, made);
    }
    const { uploadId, format, mapping, options } = await lockDraft(tx, workspaceId, id);
    if (!isDeepStrictEqual({ uploadId, format, mapping, options }, values)) await updateDraft(tx, workspaceId, id, values);
    return getImport(tx, workspaceId, id);
  });
}
