import type { Db } from '#db/client.ts';
import { type EarlierImport, listEarlierImports } from '#db/queries/imports.ts';
import type { Actor } from '#server/auth/actor.ts';
import { kindsByKey } from '#server/domain/contact/fields.ts';
import type { CsvFormat } from '#server/domain/contact-csv/format.ts';
import { foldedName } from '#server/domain/contact-csv/header-names.ts';
import { type Confidence, confidenceOf, type Mapping } from '#server/domain/contact-csv/mapping.ts';
import { type NotOptions, notOptions } from '#server/domain/contact-csv/not-options.ts';
import { type DryRunCounts, importOptionsSchema, type RowOutcome } from '#server/domain/contact-csv/options.ts';
import type { RowContact } from '#server/domain/contact-csv/row-contact.ts';
import { refusedCell, type RefusedCell, type RefusedCellFacts } from '#server/domain/contact-csv/refused-cell.ts';
import { shownCell } from '#server/domain/contact-csv/shown-cell.ts';
import { type CsvRow, RowTooLong } from '#server/domain/contact-csv/row-reader.ts';
import { mostAbove } from '#server/domain/contact-csv/table-start.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { type CreateImportInput } from './create-import.ts';
import { type ImportPlan, planImport } from './import-plan.ts';
import { charsOf, chunkChars, rowFacts, uploadRows } from './read-import.ts';
import { beginTrial, type TriedRow } from './try-rows.ts';

/** How many rows a preview tries; a longer file is tried in its beginning. */
export const previewRows = 20_000;
/** … or fewer, when they are longer together than this. */
const previewChars = 2 * chunkChars;
const shownRows = 20;
const topRows = mostAbove + 5;
const topCells = 8;
const examplesPerReason = 3;
const shownEarlier = 3;

export interface PreviewedRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly outcome: RowOutcome;
  readonly reason: string | null;
  /** Of a refused row: whose cell it is, when it is one's. */
  readonly column: RefusedCell | null;
  readonly contact: Pick<RowContact, 'name' | 'phone' | 'email'> | null;
}

export interface PreviewedColumn {
  readonly header: string | null;
  readonly samples: readonly string[];
  /** How sure what it becomes is. */
  readonly confidence: Confidence;
  /** Place of an earlier column of the same name, from 0. */
  readonly sameNameAs: number | null;
  /** Where the column goes to a choice: cells of the rows that were tried which are none of its options. */
  readonly notOptions: NotOptions | null;
}

export interface ImportPreview extends DryRunCounts {
  readonly upload: { readonly id: string; readonly fileName: string; readonly byteCount: number };
  /** Newest imports of a file with the same content that were not undone. It may be imported again. */
  readonly importedBefore: readonly (Omit<EarlierImport, 'startedAt'> & { readonly startedAt: string })[];
  /** The import whose refused rows these are, mended, as far as their columns tell; `imports.suggestedOptions` says how it was done. */
  readonly mends: string | null;
  readonly format: CsvFormat;
  /** The first rows of the file, to say in which of them the table begins. */
  readonly top: readonly Pick<PreviewedRow, 'line' | 'cells'>[];
  readonly columns: readonly PreviewedColumn[];
  readonly mapping: Mapping;
  /** What the columns would become if nobody said anything else. */
  readonly suggested: Mapping;
  readonly rows: readonly PreviewedRow[];
  /** Whether the counts are of the whole file. `complete` is false when only the beginning of the file was tried. */
  readonly complete: boolean;
  /** Rows of each cause of rejection. */
  readonly examples: Readonly<Record<string, readonly PreviewedRow[]>>;
}

/** Does everything but write: format, columns, the first rows as contacts, and how many would be made, changed, refused. */
export async function previewImport(db: Db, actor: Actor, input: CreateImportInput): Promise<ImportPreview> {
  const { workspaceId } = actor;
  const plan = await planImport(db, workspaceId, input);
  const options = importOptionsSchema.parse(input.options ?? {});
  const { rows, complete } = await firstRows(db, workspaceId, plan.upload.id, plan.format);
  const facts = await rowFacts(db, workspaceId, { mapping: plan.mapping, options });
  const trial = await beginTrial(db, workspaceId, { uploadId: plan.upload.id, facts, options, optOuts: null });
  const kinds = kindsByKey(plan.fields);
  const tried = (await trial.tryRows(rows)).map((row) => previewed(row, { header: plan.header, mapping: plan.mapping, kinds }));
  await trial.settle();
  const earlier = await listEarlierImports(db, workspaceId, plan.upload.id, shownEarlier);
  return {
    importedBefore: earlier.map((found) => ({ ...found, startedAt: found.startedAt.toISOString() })),
    upload: { id: plan.upload.id, fileName: plan.upload.fileName, byteCount: plan.upload.byteCount },
    mends: plan.mends,
    format: plan.format,
    top: plan.top.slice(0, topRows).map(({ line, cells }) => ({ line, cells: cells.slice(0, topCells).map(shownCell) })),
    columns: columnsOf(plan, notOptions(rows, facts)),
    mapping: plan.mapping,
    suggested: plan.suggested,
    rows: tried.slice(0, shownRows),
    ...trial.counts(),
    complete,
    examples: examplesOf(tried),
  };
}

function columnsOf(plan: ImportPlan, others: readonly (NotOptions | null)[]): PreviewedColumn[] {
  const width = Math.max(plan.mapping.length, plan.header?.length ?? 0);
  const names = plan.header?.map(foldedName) ?? [];
  return Array.from({ length: width }, (_, index) => {
    const header = plan.header?.[index] ?? null;
    const first = names.indexOf(names[index] ?? '');
    const target = plan.mapping[index];
    return {
      header: header && shownCell(header),
      samples: plan.sample
        .flatMap((cells) => cells[index]?.trim() || [])
        .slice(0, 3)
        .map(shownCell),
      confidence: target ? confidenceOf(target, header ?? '', plan) : 'none',
      sameNameAs: names[index] && first < index ? first : null,
      notOptions: shownOthers(others[index]),
    };
  });
}

function shownOthers(others: NotOptions | null | undefined): NotOptions | null {
  return others ? { ...others, values: others.values.map(shownCell) } : null;
}

function previewed({ row, contact, outcome, reason, column }: TriedRow, facts: RefusedCellFacts): PreviewedRow {
  const shown = contact && { name: contact.name, phone: contact.phone, email: contact.email };
  const cell = outcome === 'rejected' ? refusedCell({ column, reason, cells: row.cells }, facts) : null;
  return { line: row.line, cells: row.cells.map(shownCell), outcome, reason, column: cell, contact: shown };
}

async function firstRows(
  db: Db,
  workspaceId: WorkspaceId,
  uploadId: string,
  format: CsvFormat,
): Promise<{ rows: CsvRow[]; complete: boolean }> {
  const found: CsvRow[] = [];
  const skip = format.hasHeader ? 1 : 0;
  let chars = 0;
  try {
    for await (const { rows } of uploadRows(db, workspaceId, uploadId, format)) {
      for (const row of rows) {
        chars += charsOf(row);
        const isFull = found.length === previewRows + skip || (chars > previewChars && found.length > skip);
        if (isFull) return { rows: found.slice(skip), complete: false };
        found.push(row);
      }
    }
  } catch (error) {
    if (!(error instanceof RowTooLong)) throw error;
    // It is told of as the row that it is; nothing after it can be read.
    found.push({ line: error.line, cells: [], unclosed: true });
  }
  return { rows: found.slice(skip), complete: true };
}

function examplesOf(rows: readonly PreviewedRow[]): Record<string, PreviewedRow[]> {
  const examples: Record<string, PreviewedRow[]> = {};
  for (const row of rows) {
    if (row.outcome !== 'rejected' || row.reason === null) continue;
    const list = (examples[row.reason] ??= []);
    if (list.length < examplesPerReason) list.push(row);
  }
  return examples;
}
