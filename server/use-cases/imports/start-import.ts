import type { Db, Tx } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { insertContactField, listContactFields } from '#db/queries/contact-fields.ts';
import { getImport, type ImportRow, queueImport } from '#db/queries/imports.ts';
import { setAlarms } from '#jobs/queues/alarms.ts';
import type { Actor } from '#server/auth/actor.ts';
import { type Mapping, mappingSchema } from '#server/domain/contact-csv/mapping.ts';
import { type NewField, settleNewFields, type SettledMapping } from '#server/domain/contact-csv/new-fields.ts';
import { DomainError } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { checkEnrollable } from './check-enrollable.ts';
import { lockDraft } from './create-import.ts';
import { checkMapping, planImport } from './import-plan.ts';

/** Makes the new fields that the mapping asks for, and lets a worker begin. Throws `conflict` when it was started before or its sequence takes
 *  nobody in, `invalid` for a mapping that is not done and for a file that is gone. */
export async function startImport(db: Db, actor: Actor, id: string): Promise<ImportRow> {
  const { workspaceId } = actor;
  return db.transaction().execute(async (tx) => {
    const found = await lockDraft(tx, workspaceId, id);
    await checkStartable(tx, workspaceId, found);
    await queueImport(tx, workspaceId, id, await withFieldsMade(tx, workspaceId, found.mapping));
    await insertAuditEntry(
      tx,
      actor,
      'import.started',
      { kind: 'import', id },
      { fileName: found.fileName, sequenceId: found.options.sequenceId },
    );
    await setAlarms(tx, [{ queue: 'import.run', workspaceId, importId: id }]);
    return getImport(tx, workspaceId, id);
  });
}

/** A draft may hold what cannot be done, and what it refers to may have gone since. */
async function checkStartable(tx: Tx, workspaceId: WorkspaceId, { uploadId, format, mapping, options }: ImportRow): Promise<void> {
  if (!mappingSchema.safeParse(mapping).success) {
    throw new DomainError('invalid', 'Two columns go to one place, or a choice has no options. Change what the columns become.', {
      problem: 'mappingNotDone',
    });
  }
  checkMapping(await planImport(tx, workspaceId, { uploadId, format, mapping }), mapping, options);
  if (options.sequenceId !== null) await checkEnrollable(tx, workspaceId, options.sequenceId);
}

async function withFieldsMade(tx: Tx, workspaceId: WorkspaceId, mapping: Mapping): Promise<SettledMapping> {
  for (;;) {
    const settled = settleNewFields(mapping, await listContactFields(tx, workspaceId));
    if (await makeFields(tx, workspaceId, settled.made)) return settled.mapping;
  }
}

/** Answers false when somebody has just made one with the same key: there is another list of fields then. */
async function makeFields(tx: Tx, workspaceId: WorkspaceId, fields: readonly NewField[]): Promise<boolean> {
  for (const field of fields) if (!(await insertContactField(tx, workspaceId, field))) return false;
  return true;
}
