import type { Db, Tx } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { insertContactField, listContactFields } from '#db/queries/contact-fields.ts';
import { getImport, type ImportRow, lockImport, queueImport } from '#db/queries/imports.ts';
import { setAlarms } from '#jobs/queues/alarms.ts';
import type { Actor } from '#server/auth/actor.ts';
import { fieldKeyFrom } from '#server/domain/contact/fields.ts';
import type { ColumnTarget, Mapping } from '#server/domain/contact-csv/mapping.ts';
import { DomainError } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

/** Makes the new fields that the mapping asks for, and lets a worker begin. Throws `conflict` when it was started before. */
export async function startImport(db: Db, actor: Actor, id: string): Promise<ImportRow> {
  const { workspaceId } = actor;
  return db.transaction().execute(async (tx) => {
    const found = await lockImport(tx, workspaceId, id);
    if (found.status !== 'draft') {
      throw new DomainError('conflict', 'This import was started already. Make a new one to import the file again.', {
        status: found.status,
      });
    }
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

async function withFieldsMade(tx: Tx, workspaceId: WorkspaceId, mapping: Mapping): Promise<Mapping> {
  const fields = await listContactFields(tx, workspaceId);
  const made: ColumnTarget[] = [];
  for (const column of mapping) {
    if (column.to !== 'newField') {
      made.push(column);
      continue;
    }
    const same = fields.find((field) => field.label.toLowerCase() === column.label.toLowerCase());
    const field = same ?? (await newField(tx, workspaceId, column, fields.length));
    if (!same) fields.push(field);
    made.push({ to: 'field', key: field.key });
  }
  return made;
}

async function newField(tx: Tx, workspaceId: WorkspaceId, column: Extract<ColumnTarget, { to: 'newField' }>, known: number) {
  const base = fieldKeyFrom(column.label).slice(0, 58);
  for (let n = 1; n <= known + 1; n += 1) {
    const key = n === 1 ? base : `${base}${n}`;
    const field = await insertContactField(tx, workspaceId, { key, label: column.label, kind: column.kind });
    if (field) return field;
  }
  throw new DomainError('alreadyExists', `A field for the column "${column.label}" could not be made. Map it to a field that exists.`);
}
