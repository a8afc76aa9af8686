/** What is known about a file before anything is written: its format, its columns, a mapping to begin with. */
import type { Db } from '#db/client.ts';
import { type ContactFieldRow, listContactFields } from '#db/queries/contact-fields.ts';
import { getContactDefaults } from '#db/queries/contacts.ts';
import { listStartedMappings } from '#db/queries/imports.ts';
import { getUpload, readUpload, type UploadRow } from '#db/queries/uploads.ts';
import type { Encoding } from '#server/domain/contact-csv/encoding.ts';
import {
  type CsvFormat,
  detectHeader,
  detectSeparators,
  rowsFrom,
  sampleBytes,
  sampleOf,
  sampleRows,
} from '#server/domain/contact-csv/format.ts';
import { foldedName } from '#server/domain/contact-csv/header-names.ts';
import { type ColumnTarget, type Mapping, mostColumns, rememberedTargets, suggestMapping } from '#server/domain/contact-csv/mapping.ts';
import type { ImportOptions } from '#server/domain/contact-csv/options.ts';
import { sourceOfList } from '#server/domain/contact-csv/reject-columns.ts';
import type { CsvRow } from '#server/domain/contact-csv/row-reader.ts';
import { detectStart } from '#server/domain/contact-csv/table-start.ts';
import { DomainError } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

export interface FormatOverrides {
  readonly encoding?: Encoding | undefined;
  readonly delimiter?: CsvFormat['delimiter'] | undefined;
  readonly quote?: CsvFormat['quote'] | undefined;
  readonly startLine?: number | undefined;
  readonly hasHeader?: boolean | undefined;
}

export interface ImportPlan {
  readonly upload: UploadRow;
  readonly format: CsvFormat;
  readonly header: readonly string[] | null;
  /** The first rows of the file, those above the table among them. */
  readonly top: readonly CsvRow[];
  /** Some rows below the header, as they stand in the file. */
  readonly sample: readonly (readonly string[])[];
  /** Whether the file has no more rows than those. */
  readonly complete: boolean;
  readonly mapping: Mapping;
  /** What the columns would become if nobody said anything else. */
  readonly suggested: Mapping;
  /** What columns of such names became in earlier imports. */
  readonly remembered: ReadonlyMap<string, ColumnTarget>;
  /** The import whose refused rows the file brings back, as far as its columns tell. */
  readonly mends: string | null;
  readonly fields: readonly ContactFieldRow[];
  readonly country: string;
}

const rememberedImports = 20;

/** Detects what is not given. Throws `notFound` for a file of elsewhere, and `invalid` for one that was freed already, that holds
 *  nothing but blank rows, or too many columns, or ends before its table is said to begin. */
export async function planImport(
  db: Db,
  workspaceId: WorkspaceId,
  input: { uploadId: string; format?: FormatOverrides | undefined; mapping?: Mapping | undefined },
): Promise<ImportPlan> {
  const upload = await getUpload(db, workspaceId, input.uploadId);
  const start = await firstBytes(readUpload(db, workspaceId, upload.id));
  const encoding = input.format?.encoding ?? upload.encoding;
  const separators = detectSeparators(start, encoding, input.format);
  const top = sampleOf(start, { encoding, ...separators });
  const complete = start.length < sampleBytes;
  if (complete && top.every(({ cells }) => cells.every((cell) => /^[\s,;|]*$/.test(cell)))) {
    throw new DomainError('invalid', 'This file has nothing but blank rows. Choose another.', { problem: 'fileEmpty' });
  }
  const fields = await listContactFields(db, workspaceId);
  const earlier = await listStartedMappings(db, workspaceId, rememberedImports);
  const remembered = rememberedTargets(earlier, new Set(fields.map((field) => field.key)));
  const known = (name: string): boolean => remembered.has(foldedName(name));
  const startLine = firstLine(top, input.format?.startLine ?? detectStart(top.slice(0, sampleRows), known));
  const rows = withinColumns(rowsFrom(top, startLine));
  const hasHeader = input.format?.hasHeader ?? detectHeader(rows, known);
  const header = hasHeader ? (rows[0] ?? []) : null;
  const sample = hasHeader ? rows.slice(1) : rows;
  const { country } = await getContactDefaults(db, workspaceId);
  const suggested = suggestMapping(header, sample, { fields, country, remembered });
  return {
    upload,
    format: { encoding, ...separators, startLine, hasHeader },
    header,
    top,
    sample,
    complete,
    mapping: input.mapping ?? suggested,
    suggested,
    remembered,
    mends: sourceOfList({ header, fileName: upload.fileName }, earlier)?.id ?? null,
    fields,
    country,
  };
}

/** That of the first row at `wanted` or below. Throws `invalid` when there is none. */
function firstLine(top: readonly CsvRow[], wanted: number): number {
  const found = top.find(({ line }) => line >= wanted);
  if (found !== undefined) return found.line;
  if (wanted === 1) return 1;
  throw new DomainError('invalid', `No row stands in line ${wanted} or soon below it. Say where the table begins.`, {
    problem: 'startLineBeyond',
  });
}

/** Without the thousands of blank cells that some spreadsheets add to each row. Throws `invalid` when there really are more columns than a
 *  mapping has room for. */
function withinColumns(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  if (rows.every((row) => row.length <= mostColumns)) return rows;
  const count = Math.max(...rows.map((row) => row.findLastIndex((cell) => cell.trim() !== '') + 1), 1);
  if (count > mostColumns) {
    throw new DomainError('invalid', `This file has more than ${mostColumns} columns. Take out those that you do not need.`, {
      problem: 'tooManyColumns',
      most: mostColumns,
    });
  }
  return rows.map((row) => row.slice(0, count));
}

async function firstBytes(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  for await (const chunk of chunks) return chunk.subarray(0, sampleBytes);
  throw new DomainError('invalid', 'This file was kept for a week and is gone. Send it again.', { problem: 'fileGone' });
}

const wantedBy = {
  either: 'a phone or an e-mail address',
  phone: 'a phone',
  email: 'an e-mail address',
  externalId: 'an external id',
} as const;

/** Throws `invalid` when a row could not be told from another by what the columns say. */
export function checkMapping(
  plan: Pick<ImportPlan, 'fields' | 'header' | 'sample' | 'complete'>,
  mapping: Mapping,
  options: ImportOptions,
): void {
  if (plan.complete && plan.header !== null && plan.sample.length === 0) {
    throw new DomainError('invalid', 'This file has names of columns, but no rows below them. Choose another.', { problem: 'noRows' });
  }
  const has = (target: string): boolean => mapping.some((column) => column.to === target);
  const identified = options.identity === 'either' ? has('phone') || has('email') : has(options.identity);
  if (!identified) {
    throw new DomainError('invalid', `No column holds ${wantedBy[options.identity]}. Say which one does.`, { problem: 'mappingNoAddress' });
  }
  for (const column of mapping) {
    if (column.to === 'field' && !plan.fields.some((field) => field.key === column.key)) {
      throw new DomainError('invalid', `There is no contact field "${column.key}". Map the column to a new field instead.`, {
        problem: 'fieldUnknown',
        reason: 'mappedFieldGone',
        field: column.key,
      });
    }
  }
}
