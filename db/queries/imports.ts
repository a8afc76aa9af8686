/** Imports of contacts from files. */
import { sql } from 'kysely';
import type { CsvFormat } from '#server/domain/contact-csv/format.ts';
import type { Mapping } from '#server/domain/contact-csv/mapping.ts';
import type { SettledMapping } from '#server/domain/contact-csv/new-fields.ts';
import { type DryRunCounts, type ImportCounts, type ImportOptions, noCounts } from '#server/domain/contact-csv/options.ts';
import { notFound } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';
import { uploadKeptDays } from './uploads.ts';

export type ImportStatus = 'draft' | 'queued' | 'running' | 'done' | 'failed' | 'canceled';

/** What an import would do, as a worker counts it; `done` when it has seen the whole file. `token`: of the request that is the
 *  latest one. */
export interface DryRun extends DryRunCounts {
  readonly token: string;
  readonly status: 'running' | 'done' | 'failed';
  readonly bytesDone: number;
  readonly error: string | null;
}

/** What an undoing has come to. `kept`: rows that could not be undone, by reason. */
export interface UndoCounts {
  readonly deleted: number;
  readonly restored: number;
  readonly enrolmentsEnded: number;
  readonly kept: Readonly<Record<string, number>>;
}

/** What may become of a row that leaves nothing to tell of; any other outcome says why something stayed. */
export const settledUndos = ['deleted', 'restored', 'ended'] as const;

export const noUndo: UndoCounts = { deleted: 0, restored: 0, enrolmentsEnded: 0, kept: {} };

/** A worker has something to do for it: to run, to count what it would do, or to undo. */
export const importIsOpen = sql<boolean>`(status in ('queued', 'running') or undo_status = 'running'
  or (status = 'draft' and dry_run ->> 'status' = 'running'))`;

export interface ImportRow {
  readonly id: string;
  readonly uploadId: string;
  readonly fileName: string;
  readonly byteCount: number;
  readonly status: ImportStatus;
  /** `given`: what somebody said of it; the other parts were detected. */
  readonly format: CsvFormat & { readonly header: readonly string[] | null; readonly given: readonly (keyof CsvFormat)[] };
  readonly mapping: Mapping;
  readonly options: ImportOptions;
  readonly nextRow: number;
  readonly bytesDone: number;
  readonly counts: ImportCounts;
  readonly error: string | null;
  readonly dryRun: DryRun | null;
  readonly undoStatus: 'running' | 'done' | 'failed' | null;
  /** Rows from this one on are undone. */
  readonly undoBeforeLine: number | null;
  readonly undoCounts: UndoCounts;
  readonly createdByKind: 'user' | 'apiKey' | 'system';
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** The file goes then, unless the import has been started. */
  readonly fileKeptUntil: Date;
}

export type DraftValues = Pick<ImportRow, 'uploadId' | 'format' | 'mapping' | 'options'>;

function selectImports(db: Db) {
  return db
    .selectFrom('imports as i')
    .innerJoin('uploads as u', (join) => join.onRef('u.workspaceId', '=', 'i.workspaceId').onRef('u.id', '=', 'i.uploadId'))
    .select(['i.id', 'i.uploadId', 'u.fileName', 'u.byteCount', 'i.nextRow', 'i.bytesDone', 'i.error', 'i.createdBy', 'i.undoBeforeLine'])
    .select([
      sql<ImportStatus>`i.status`.as('status'),
      sql<ImportRow['createdByKind']>`i.created_by_kind`.as('createdByKind'),
      sql<ImportRow['format']>`i.format`.as('format'),
      sql<Mapping>`i.mapping`.as('mapping'),
      sql<ImportOptions>`i.options`.as('options'),
      sql<Partial<ImportCounts>>`i.counts`.as('counts'),
      sql<DryRun | null>`i.dry_run`.as('dryRun'),
      sql<ImportRow['undoStatus']>`i.undo_status`.as('undoStatus'),
      sql<Partial<UndoCounts>>`i.undo_counts`.as('undoCounts'),
      sql<Date>`i.created_at`.as('createdAt'),
      sql<Date | null>`i.started_at`.as('startedAt'),
      sql<Date | null>`i.finished_at`.as('finishedAt'),
      sql<Date>`u.created_at + ${uploadKeptDays} * interval '1 day'`.as('fileKeptUntil'),
    ]);
}

export async function getImport(db: Db, workspaceId: WorkspaceId, id: string): Promise<ImportRow> {
  const row = await selectImports(db).where('i.workspaceId', '=', workspaceId).where('i.id', '=', id).executeTakeFirst();
  if (!row) throw notFound('import', id);
  return whole(row);
}

type StoredFormat = Omit<ImportRow['format'], 'quote' | 'startLine' | 'given'> & Partial<ImportRow['format']>;

/** A draft of before tables could begin further down goes on from the first line, as its columns were said of that. */
function wholeFormat({ startLine, given = [], ...format }: StoredFormat): ImportRow['format'] {
  const isOld = startLine === undefined;
  return { quote: '"', ...format, startLine: startLine ?? 1, given: isOld ? [...given, 'startLine'] : given };
}

/** With what older rows do not say. */
function whole<Row extends { format: StoredFormat; counts: Partial<ImportCounts>; undoCounts: Partial<UndoCounts> }>(row: Row) {
  return {
    ...row,
    format: wholeFormat(row.format),
    counts: { ...noCounts, ...row.counts },
    undoCounts: { ...noUndo, ...row.undoCounts },
  };
}

/** Newest first; `before`: the id of the last one already seen. */
export async function listImports(db: Db, workspaceId: WorkspaceId, page: { before: string | null; limit: number }): Promise<ImportRow[]> {
  const rows = await selectImports(db)
    .where('i.workspaceId', '=', workspaceId)
    .$if(page.before !== null, (query) => query.where('i.id', '<', page.before))
    .orderBy('i.id', 'desc')
    .limit(page.limit)
    .execute();
  return rows.map(whole);
}

export async function insertImport(
  tx: Tx,
  workspaceId: WorkspaceId,
  values: DraftValues & { createdByKind: string; createdBy: string | null },
): Promise<string> {
  const { format, mapping, options, ...plain } = values;
  const { id } = await tx
    .insertInto('imports')
    .values({ workspaceId, ...plain, format: JSON.stringify(format), mapping: JSON.stringify(mapping), options: JSON.stringify(options) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** What a draft is to do, instead of what it was to do. */
export async function updateDraft(tx: Tx, workspaceId: WorkspaceId, id: string, values: DraftValues): Promise<void> {
  const { uploadId, format, mapping, options } = values;
  await tx
    .updateTable('imports')
    .set({
      uploadId,
      format: JSON.stringify(format),
      mapping: JSON.stringify(mapping),
      options: JSON.stringify(options),
      dryRun: null,
    })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Notes how far a dry run is. Answers false when it is nobody's any more: the draft was changed, started or canceled. */
export async function writeDryRun(db: Db, workspaceId: WorkspaceId, id: string, dryRun: DryRun): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('imports')
    .set({ dryRun: JSON.stringify(dryRun) })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .where('status', '=', 'draft')
    .where(sql<boolean>`coalesce(dry_run ->> 'token', ${dryRun.token}) = ${dryRun.token}`)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The newest imports that were started: of which file, what its columns were called, and what those became. */
export async function listStartedMappings(
  db: Db,
  workspaceId: WorkspaceId,
  limit: number,
): Promise<{ id: string; fileName: string; header: readonly string[] | null; mapping: Mapping }[]> {
  return db
    .selectFrom('imports as i')
    .innerJoin('uploads as u', (join) => join.onRef('u.workspaceId', '=', 'i.workspaceId').onRef('u.id', '=', 'i.uploadId'))
    .select(['i.id', 'u.fileName'])
    .select([sql<readonly string[] | null>`i.format -> 'header'`.as('header'), sql<Mapping>`i.mapping`.as('mapping')])
    .where('i.workspaceId', '=', workspaceId)
    .where('i.startedAt', 'is not', null)
    .orderBy('i.id', 'desc')
    .limit(limit)
    .execute();
}

/** The started imports of files with the content of this one that have not been undone, or not to the end. */
export async function listImportsOfFile(db: Db, workspaceId: WorkspaceId, uploadId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select i.id
    from uploads u
    join uploads same on same.workspace_id = u.workspace_id and (same.id = u.id or same.content_hash = u.content_hash)
    join imports i on i.workspace_id = same.workspace_id and i.upload_id = same.id
    where u.workspace_id = ${workspaceId} and u.id = ${uploadId} and i.started_at is not null
      and coalesce(i.undo_status, 'failed') = 'failed'`.execute(db);
  return rows.map((row) => row.id);
}

/** An import of a file, as people know it. */
export interface EarlierImport {
  readonly id: string;
  readonly fileName: string;
  readonly status: ImportStatus;
  readonly startedAt: Date;
  /** Who made it; null when it was the system, or whoever is gone. */
  readonly by: string | null;
  /** Read so far. */
  readonly rows: number;
}

/** The same with what people know them by, newest first. */
export async function listEarlierImports(db: Db, workspaceId: WorkspaceId, uploadId: string, limit: number): Promise<EarlierImport[]> {
  const ids = await listImportsOfFile(db, workspaceId, uploadId);
  if (ids.length === 0) return [];
  const { rows } = await sql<EarlierImport>`
    select i.id, f.file_name, i.status, i.started_at, coalesce(u.name, k.name) as by, coalesce((i.counts ->> 'rows')::float8, 0) as rows
    from imports i
    join uploads f on f.workspace_id = i.workspace_id and f.id = i.upload_id
    left join users u on i.created_by_kind = 'user' and u.id = i.created_by
    left join api_keys k on i.created_by_kind = 'apiKey' and k.workspace_id = i.workspace_id and k.id = i.created_by
    where i.workspace_id = ${workspaceId} and i.id = any(${ids}::uuid[])
    order by i.started_at desc, i.id desc limit ${limit}`.execute(db);
  return rows;
}

/** The import, locked to the end of the transaction: whoever holds it writes the next chunk. */
export async function lockImport(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<ImportRow> {
  await tx.selectFrom('imports').select('id').where('workspaceId', '=', workspaceId).where('id', '=', id).forUpdate().execute();
  return getImport(tx, workspaceId, id);
}

export async function queueImport(tx: Tx, workspaceId: WorkspaceId, id: string, mapping: SettledMapping): Promise<void> {
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
