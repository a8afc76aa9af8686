import type { Db } from '#db/client.ts';
import { type DryRun, getImport, type ImportRow, lockImport, writeDryRun } from '#db/queries/imports.ts';
import { setAlarms } from '#jobs/queues/alarms.ts';
import type { Actor } from '#server/auth/actor.ts';
import { noCounts } from '#server/domain/contact-csv/options.ts';
import { createImport, type CreateImportInput, updateImport } from './create-import.ts';
import { runDryRun } from './run-dry-run.ts';

/** Files up to so many bytes are counted in the request itself. */
const atOnceBytes = 1_000_000;

export interface DryRunInput extends CreateImportInput {
  /** A draft of before, which is to do this instead. */
  readonly id?: string | undefined;
}

/** Counts what an import would do, over the whole file, before anything is written to contacts: at once for a small file, else in a
 *  worker (`dryRun.status` is `running`; ask `imports.get`). The draft that it prepares is the import to start. Throws as
 *  `createImport` does, and `conflict` for a draft that was started. */
export async function dryRunImport(db: Db, actor: Actor, input: DryRunInput): Promise<ImportRow> {
  const { workspaceId } = actor;
  const { id: draftId, ...values } = input;
  const draft = draftId === undefined ? await createImport(db, actor, values) : await updateImport(db, actor, draftId, values);
  const token = crypto.randomUUID();
  const begun: DryRun = { token, status: 'running', bytesDone: 0, error: null, counts: noCounts, alreadyEnrolled: 0, optedOut: 0 };
  if (draft.byteCount <= atOnceBytes) {
    await writeDryRun(db, workspaceId, draft.id, begun);
    await runDryRun(db, actor, { ...draft, dryRun: begun });
    return getImport(db, workspaceId, draft.id);
  }
  return db.transaction().execute(async (tx) => {
    await lockImport(tx, workspaceId, draft.id);
    await writeDryRun(tx, workspaceId, draft.id, begun);
    await setAlarms(tx, [{ queue: 'import.run', workspaceId, importId: draft.id }]);
    return getImport(tx, workspaceId, draft.id);
  });
}
