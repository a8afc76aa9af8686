/** The text of a file, page by page: never more than one page of rows in memory. */
import type { Db } from '#db/client.ts';
import { listContactFields } from '#db/queries/contact-fields.ts';
import { listContactIdsAfter } from '#db/queries/contact-search.ts';
import { type ExportPage, listEnrolmentIdsAfter, listExportedContacts, listExportedEnrolments } from '#db/queries/exported-rows.ts';
import { contactHeader, contactValues, type ExportedColumn } from '#server/domain/contact-csv/export-columns.ts';
import type { TextStyle } from '#server/domain/contact-csv/field-text.ts';
import { csvValues } from '#server/domain/contact-csv/write-csv.ts';
import type { Export, ExportFormat } from '#server/domain/export.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

export const enrolmentColumns = [
  'enrolmentId',
  'contactId',
  'name',
  'phone',
  'email',
  'sequence',
  'key',
  'source',
  'status',
  'exitReason',
  'version',
  'step',
  'startedAt',
  'dueAt',
  'endedAt',
] as const;
export type EnrolmentColumn = (typeof enrolmentColumns)[number];

/** The words of the reader's language. */
export interface ExportWords {
  readonly column: (column: ExportedColumn | EnrolmentColumn) => string;
  readonly code: (group: 'status' | 'exit' | 'source', code: string) => string;
  readonly yes: string;
  readonly no: string;
}

type RowsExport = Exclude<Export, { kind: 'results' }>;
const pageRows = 2_000;

export function delimiterOf(format: ExportFormat): ';' | ',' {
  return format === 'excel' ? ';' : ',';
}

/** The header, then one text per page of rows, in the order of their ids. Whoever comes to match meanwhile may be in it or not. */
export async function* exportPages(db: Db, workspaceId: WorkspaceId, what: RowsExport, words: ExportWords): AsyncGenerator<string> {
  const line = (values: readonly string[]): string => csvValues(values, delimiterOf(what.format));
  if (what.kind === 'contacts') {
    const fields = await listContactFields(db, workspaceId);
    const style: TextStyle = { decimal: what.format === 'excel' ? ',' : '.', yes: words.yes, no: words.no };
    yield line(contactHeader(words.column, fields));
    for await (const ids of pagesOf((page) => listContactIdsAfter(db, workspaceId, what.target, page))) {
      const rows = await listExportedContacts(db, workspaceId, ids);
      yield rows.map((row) => line(contactValues(row, fields, style))).join('');
    }
    return;
  }
  yield line(enrolmentColumns.map(words.column));
  for await (const ids of pagesOf((page) => listEnrolmentIdsAfter(db, workspaceId, what.target, page))) {
    const rows = await listExportedEnrolments(db, workspaceId, ids);
    const texts = rows.map(({ startedAt, dueAt, endedAt, ...row }) =>
      line([
        row.id,
        row.contactId,
        row.name ?? '',
        row.phone ?? '',
        row.email ?? '',
        row.sequence,
        row.key,
        words.code('source', row.source),
        words.code('status', row.status),
        row.exitReason === null ? '' : words.code('exit', row.exitReason),
        String(row.version),
        row.stepKey ?? '',
        startedAt.toISOString(),
        dueAt?.toISOString() ?? '',
        endedAt?.toISOString() ?? '',
      ]),
    );
    yield texts.join('');
  }
}

/** Page after page of ids, until there are no more. */
async function* pagesOf(next: (page: ExportPage) => Promise<string[]>): AsyncGenerator<string[]> {
  for (let after: string | null = null; ; ) {
    const ids: string[] = await next({ after, limit: pageRows });
    if (ids.length > 0) yield ids;
    if (ids.length < pageRows) return;
    after = ids.at(-1) ?? null;
  }
}
