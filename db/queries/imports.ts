/** Imports of contacts from files, and what became of every row. */
import { sql } from 'kysely';
import type { CsvFormat } from '#server/domain/contact-csv/format.ts';
import type { Mapping } from '#server/domain/contact-csv/mapping.ts';
import { type ImportCounts, type ImportOptions, noCounts, type RowOutcome } from '#server/domain/contact-csv/options.ts';
import { notFound } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';

export type ImportStatus = 'draft' | 'queued' | 'running' | 'done' | 'failed' | 'canceled';

export interface ImportRow {
  readonly id: string;
  readonly uploadId: string;
  readonly fileName: string;
  readonly byteCount: number;
  readonly status: ImportStatus;
  readonly format: CsvFormat & { readonly header: readonly string[] | null };
  readonly mapping: Mapping;
  readonly options: ImportOptions;
  readonly nextRow: number;
  readonly bytesDone: number;
  readonly counts: ImportCounts;
  readonly error: string | null;
  readonly createdByKind: 'user' | 'apiKey' | 'system';
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

function selectImports(db: Db) {
  return db
    .selectFrom('imports as i')
    .innerJoin('uploads as u', (join) => join.onRef('u.workspaceId', '=', 'i.workspaceId').onRef('u.id', '=', 'i.uploadId'))
    .select(['i.id', 'i.uploadId', 'u.fileName', 'u.byteCount', 'i.nextRow', 'i.bytesDone', 'i.error', 'i.createdBy'])
    .select([
      sql<ImportStatus>`i.status`.as('status'),
      sql<ImportRow['createdByKind']>`i.created_by_kind`.as('createdByKind'),
      sql<ImportRow['format']>`i.format`.as('format'),
      sql<Mapping>`i.mapping`.as('mapping'),
      sql<ImportOptions>`i.options`.as('options'),
      sql<Partial<ImportCounts>>`i.counts`.as('counts'),
      sql<Date>`i.created_at`.as('createdAt'),
      sql<Date | null>`i.started_at`.as('startedAt'),
      sql<Date | null>`i.finished_at`.as('finishedAt'),
    ]);
}

export async function getImport(db: Db, workspaceId: WorkspaceId, id: string): Promise<ImportRow> {
  const row = await selectImports(db).where('i.workspaceId', '=', workspaceId).where('i.id', '=', id).executeTakeFirst();
  if (!row) throw notFound('import', id);
  return { ...row, counts: { ...noCounts, ...row.counts } };
}

/** Newest first; `before`: the id of the last one already seen. */
export async function listImports(db: Db, workspaceId: WorkspaceId, page: { before: string | null; limit: number }): Promise<ImportRow[]> {
  const rows = await selectImports(db)
    .where('i.workspaceId', '=', workspaceId)
    .$if(page.before !== null, (query) => query.where('i.id', '<', page.before))
    .orderBy('i.id', 'desc')
    .limit(page.limit)
    .execute();
  return rows.map((row) => ({ ...row, counts: { ...noCounts, ...row.counts } }));
}

export async function insertImport(
  tx: Tx,
  workspaceId: WorkspaceId,
  values: {
    uploadId: string;
    format: ImportRow['format'];
    mapping: Mapping;
    options: ImportOptions;
    createdByKind: string;
    createdBy: string | null;
  },
): Promise<string> {
  const { format, mapping, options, ...plain } = values;
  const { id } = await tx
    .insertInto('imports')
    .values({ workspaceId, ...plain, format: JSON.stringify(format), mapping: JSON.stringify(mapping), options: JSON.stringify(options) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The import, locked to the end of the transaction: whoever holds it writes the next chunk. */
export async function lockImport(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<ImportRow> {
  await tx.selectFrom('imports').select('id').where('workspaceId', '=', workspaceId).where('id', '=', id).forUpdate().execute();
  return getImport(tx, workspaceId, id);
}

export async function queueImport(tx: Tx, workspaceId: WorkspaceId, id: string, mapping: Mapping): Promise<void> {
  await tx
    .updateTable('imports')
    .set({ status: 'queued', mapping: JSON.stringify(mapping) })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

export async function beginImport(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<void> {
  await tx
    .updateTable('imports')
    .set({ status: 'running', startedAt: sql<Date>`coalesce(started_at, andante_now())` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

export async function advanceImport(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: string,
  progress: { nextRow: number; bytesDone: number; counts: ImportCounts },
): Promise<void> {
  await tx
    .updateTable('imports')
    .set({ nextRow: progress.nextRow, bytesDone: progress.bytesDone, counts: JSON.stringify(progress.counts) })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

export async function finishImport(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: string,
  end: { status: 'done' | 'failed' | 'canceled'; error: string | null },
): Promise<void> {
  await tx
    .updateTable('imports')
    .set({ ...end, finishedAt: sql<Date>`andante_now()` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

export interface ImportedRow {
  readonly line: number;
  readonly outcome: RowOutcome;
  readonly reason: string | null;
  readonly contactId: string | null;
  readonly enrolment: string | null;
  /** Only of rejected rows: as they stand in the file. */
  readonly cells: string[] | null;
}

export async function listImportRows(
  db: Db,
  workspaceId: WorkspaceId,
  importId: string,
  filter: { outcome?: RowOutcome | undefined; reason?: string | undefined },
  page: { afterLine: number; limit: number },
): Promise<ImportedRow[]> {
  const { outcome, reason } = filter;
  return db
    .selectFrom('importRows')
    .select(['line', 'reason', 'contactId', 'enrolment', sql<RowOutcome>`outcome`.as('outcome'), sql<string[] | null>`cells`.as('cells')])
    .where('workspaceId', '=', workspaceId)
    .where('importId', '=', importId)
    .where('line', '>', page.afterLine)
    .$if(outcome !== undefined, (query) => query.where('outcome', '=', outcome ?? ''))
    .$if(reason !== undefined, (query) => query.where('reason', '=', reason ?? ''))
    .orderBy('line')
    .limit(page.limit)
    .execute();
}
