/** What became of every row of an import. */
import { sql } from 'kysely';
import type { RowOutcome } from '#server/domain/contact-csv/options.ts';
import type { Changes } from '#server/domain/contact-csv/planned-contact.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';
import { rowSet } from '../row-set.ts';
import { settledUndos } from './imports.ts';

export interface ImportedRow {
  readonly line: number;
  readonly outcome: RowOutcome;
  readonly reason: string | null;
  readonly contactId: string | null;
  /** `enrolled`, or why not; null where that was not asked. */
  readonly enrolment: string | null;
  /** Only of rejected rows, and of those whose opt-out is not on record: as they stand in the file. */
  readonly cells: string[] | null;
  /** Place of the column whose cell refused the row, from 0. */
  readonly problemColumn: number | null;
  /** Whether what the row says of an opt-out is on record; null when it says nothing of one. */
  readonly optOutRecorded: boolean | null;
  /** What became of it when the import was undone. */
  readonly undo: string | null;
}

/** A row as it is written. */
export interface NewImportedRow extends Omit<ImportedRow, 'undo'> {
  readonly enrolmentId: string | null;
  /** By column, what stood there before and since; tags that the contact got are `tag.<id>`. Null when nothing is to be remembered. */
  readonly changes: Changes | null;
}

export interface ImportRowFilter {
  readonly outcome?: RowOutcome | undefined;
  readonly reason?: string | undefined;
  /** Rows that could not be undone. */
  readonly kept?: true | undefined;
  /** Rows that say that somebody opted out, where that is not on record. */
  readonly optOut?: 'notRecorded' | undefined;
}

export async function listImportRows(
  db: Db,
  workspaceId: WorkspaceId,
  importId: string,
  filter: ImportRowFilter,
  page: { afterLine: number; limit: number },
): Promise<ImportedRow[]> {
  const { outcome, reason, kept, optOut } = filter;
  return db
    .selectFrom('importRows')
    .select([
      'line',
      'reason',
      'contactId',
      'enrolment',
      'undo',
      'problemColumn',
      'optOutRecorded',
      sql<RowOutcome>`outcome`.as('outcome'),
      sql<string[] | null>`cells`.as('cells'),
    ])
    .where('workspaceId', '=', workspaceId)
    .where('importId', '=', importId)
    .where('line', '>', page.afterLine)
    .$if(kept !== undefined, (query) => query.where('undo', 'is not', null).where('undo', 'not in', settledUndos))
    .$if(optOut !== undefined, (query) => query.where(sql<boolean>`not opt_out_recorded`))
    .$if(outcome !== undefined, (query) => query.where('outcome', '=', outcome ?? ''))
    .$if(reason !== undefined, (query) => query.where('reason', '=', reason ?? ''))
    .orderBy('line')
    .limit(page.limit)
    .execute();
}

/** What the rows say of an opt-out is on record after all. Answers how many of them it was not before. */
export async function markOptOutsRecorded(
  tx: Tx,
  workspaceId: WorkspaceId,
  importId: string,
  rows: readonly Pick<NewImportedRow, 'line' | 'contactId' | 'changes'>[],
): Promise<number> {
  const { numAffectedRows } = await sql`
    update import_rows r set opt_out_recorded = true, contact_id = v.contact_id, changes = v.changes
    from ${rowSet('v', rows, {
      line: ['int8', (row) => row.line],
      contact_id: ['uuid', (row) => row.contactId],
      changes: ['jsonb', (row) => (row.changes === null ? null : JSON.stringify(row.changes))],
    })}
    where r.workspace_id = ${workspaceId} and r.import_id = ${importId} and r.line = v.line and not r.opt_out_recorded`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
