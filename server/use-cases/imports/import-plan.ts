/** What is known about a file before anything is written: its format, its columns, a mapping to begin with. */
import type { Db } from '#db/client.ts';
import { type ContactFieldRow, listContactFields } from '#db/queries/contact-fields.ts';
import { getContactDefaults } from '#db/queries/contacts.ts';
import { getUpload, readUpload, type UploadRow } from '#db/queries/uploads.ts';
import type { Encoding } from '#server/domain/contact-csv/encoding.ts';
import { type CsvFormat, delimiters, detectDelimiter, detectHeader, sampleBytes, sampleOf } from '#server/domain/contact-csv/format.ts';
import { type Mapping, suggestMapping } from '#server/domain/contact-csv/mapping.ts';
import type { ImportOptions } from '#server/domain/contact-csv/options.ts';
import { DomainError } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

export interface FormatOverrides {
  readonly encoding?: Encoding | undefined;
  readonly delimiter?: (typeof delimiters)[number] | undefined;
  readonly hasHeader?: boolean | undefined;
}

export interface ImportPlan {
  readonly upload: UploadRow;
  readonly format: CsvFormat;
  readonly header: readonly string[] | null;
  /** Some rows below the header, as they stand in the file. */
  readonly sample: readonly (readonly string[])[];
  readonly mapping: Mapping;
  readonly fields: readonly ContactFieldRow[];
  readonly country: string;
}

/** Detects what is not given. Throws `notFound` for a file of elsewhere, and `invalid` for one that was freed already. */
export async function planImport(
  db: Db,
  workspaceId: WorkspaceId,
  input: { uploadId: string; format?: FormatOverrides | undefined; mapping?: Mapping | undefined },
): Promise<ImportPlan> {
  const upload = await getUpload(db, workspaceId, input.uploadId);
  const start = await firstBytes(readUpload(db, workspaceId, upload.id));
  const encoding = input.format?.encoding ?? upload.encoding;
  const delimiter = input.format?.delimiter ?? detectDelimiter(start, encoding);
  const rows = sampleOf(start, { encoding, delimiter });
  const hasHeader = input.format?.hasHeader ?? detectHeader(rows);
  const header = hasHeader ? (rows[0] ?? []) : null;
  const sample = hasHeader ? rows.slice(1) : rows;
  const fields = await listContactFields(db, workspaceId);
  const { country } = await getContactDefaults(db, workspaceId);
  const mapping = input.mapping ?? suggestMapping(header, sample, { fields, country });
  return { upload, format: { encoding, delimiter, hasHeader }, header, sample, mapping, fields, country };
}

async function firstBytes(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  for await (const chunk of chunks) return chunk.subarray(0, sampleBytes);
  throw new DomainError('invalid', 'This file was kept for a week and is gone. Send it again.', { problem: 'fileGone' });
}

/** Throws `invalid` when a row could not be told from another by what the columns say. */
export function checkMapping(plan: Pick<ImportPlan, 'fields'>, mapping: Mapping, options: ImportOptions): void {
  const has = (target: string): boolean => mapping.some((column) => column.to === target);
  const identified = options.identity === 'either' ? has('phone') || has('email') : has(options.identity);
  if (!identified) {
    const wanted =
      options.identity === 'either' ? 'a phone or an e-mail address' : options.identity === 'phone' ? 'a phone' : 'an e-mail address';
    throw new DomainError('invalid', `No column holds ${wanted}. Say which one does.`, { problem: 'mappingNoAddress' });
  }
  for (const column of mapping) {
    if (column.to === 'field' && !plan.fields.some((field) => field.key === column.key)) {
      throw new DomainError('invalid', `There is no contact field "${column.key}". Map the column to a new field instead.`, {
        problem: 'fieldUnknown',
        field: column.key,
      });
    }
  }
}
