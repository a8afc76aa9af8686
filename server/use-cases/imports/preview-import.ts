import type { Db } from '#db/client.ts';
import { listContactsByAddress } from '#db/queries/import-chunks.ts';
import { readUpload } from '#db/queries/uploads.ts';
import type { Actor } from '#server/auth/actor.ts';
import type { CsvFormat } from '#server/domain/contact-csv/format.ts';
import type { Mapping } from '#server/domain/contact-csv/mapping.ts';
import {
  type ImportCounts,
  type ImportOptions,
  importOptionsSchema,
  noCounts,
  type RowOutcome,
} from '#server/domain/contact-csv/options.ts';
import { type KnownContact, planChunk } from '#server/domain/contact-csv/plan-chunk.ts';
import { readContact, type RowContact } from '#server/domain/contact-csv/row-contact.ts';
import { type CsvRow, readRows } from '#server/domain/contact-csv/row-reader.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { addresses, countRows } from './chunk-facts.ts';
import { type CreateImportInput } from './create-import.ts';
import { planImport } from './import-plan.ts';

/** How many rows a preview tries; a longer file is tried in its beginning. */
export const previewRows = 20_000;
const shownRows = 20;
const examplesPerReason = 3;

export interface PreviewedRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly outcome: RowOutcome;
  readonly reason: string | null;
  readonly contact: Pick<RowContact, 'name' | 'phone' | 'email'> | null;
}

export interface ImportPreview {
  readonly upload: { readonly id: string; readonly fileName: string; readonly byteCount: number };
  readonly format: CsvFormat;
  readonly columns: readonly { readonly header: string | null; readonly samples: readonly string[] }[];
  readonly mapping: Mapping;
  readonly rows: readonly PreviewedRow[];
  /** What the import would do. `complete` is false when only the beginning of the file was tried. */
  readonly counts: ImportCounts;
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
  const facts = {
    mapping: plan.mapping,
    country: plan.country,
    fieldKinds: new Map(plan.fields.map((field) => [field.key, field.kind])),
    fieldOptions: new Map(plan.fields.map((field) => [field.key, field.options ?? []])),
  };
  const previewed = await tryRows(db, workspaceId, rows, facts, options);
  const width = Math.max(plan.mapping.length, plan.header?.length ?? 0);
  return {
    upload: { id: plan.upload.id, fileName: plan.upload.fileName, byteCount: plan.upload.byteCount },
    format: plan.format,
    columns: Array.from({ length: width }, (_, index) => ({
      header: plan.header?.[index] ?? null,
      samples: plan.sample.flatMap((cells) => cells[index]?.trim() || []).slice(0, 3),
    })),
    mapping: plan.mapping,
    rows: previewed.rows.slice(0, shownRows),
    counts: countRows(
      noCounts,
      previewed.rows.map((row) => ({ ...row, enrolment: null })),
      previewed.ninthDigitAdded,
    ),
    complete,
    examples: examplesOf(previewed.rows),
  };
}

async function firstRows(
  db: Db,
  workspaceId: WorkspaceId,
  uploadId: string,
  format: CsvFormat,
): Promise<{ rows: CsvRow[]; complete: boolean }> {
  const found: CsvRow[] = [];
  const limit = previewRows + (format.hasHeader ? 1 : 0);
  for await (const { rows } of readRows(readUpload(db, workspaceId, uploadId), format)) {
    for (const row of rows) found.push(row);
    if (found.length > limit) break;
  }
  return { rows: found.slice(format.hasHeader ? 1 : 0, limit), complete: found.length <= limit };
}

async function tryRows(
  db: Db,
  workspaceId: WorkspaceId,
  rows: readonly CsvRow[],
  facts: Parameters<typeof readContact>[1],
  options: ImportOptions,
): Promise<{ rows: PreviewedRow[]; ninthDigitAdded: number }> {
  const readings = rows.map((row) => ({ row, reading: readContact(row, facts) }));
  let readable = readings.flatMap(({ reading }) => (reading.ok ? [reading.contact] : []));
  let known: KnownContact[] = await listContactsByAddress(db, workspaceId, null, addresses(readable));
  const planned = new Map<number, { outcome: RowOutcome; reason: string | null }>();
  while (readable.length > 0) {
    const plan = planChunk(readable, known, options);
    for (const { row, outcome, reason } of plan.rows) planned.set(row.line, { outcome, reason });
    const written = new Set(plan.changed.map((contact) => contact.id));
    known = [
      ...known.filter((contact) => !written.has(contact.id)),
      ...[...plan.changed, ...plan.made].map((contact, index) => ({ ...contact, id: contact.id ?? `new ${readable.length} ${index}` })),
    ];
    readable = readable.slice(plan.consumed);
  }
  return {
    rows: readings.map(({ row, reading }): PreviewedRow => {
      const plan = planned.get(row.line);
      const contact = reading.ok ? { name: reading.contact.name, phone: reading.contact.phone, email: reading.contact.email } : null;
      const reason = reading.ok ? (plan?.reason ?? null) : reading.problem;
      return { line: row.line, cells: row.cells, outcome: plan?.outcome ?? 'rejected', reason, contact };
    }),
    ninthDigitAdded: readings.filter(({ reading }) => reading.ok && reading.contact.notice === 'ninthDigitAdded').length,
  };
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
