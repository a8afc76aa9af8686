/** `GET /api/imports/{id}/rejects.csv`: the rows that an import refused, with the reason of each, to mend and send again.
 *  `?optOut=notRecorded`: only rows that say that somebody opted out, where that is not on record. */
import { Readable } from 'node:stream';
import type { Db } from '#db/client.ts';
import { listContactFields } from '#db/queries/contact-fields.ts';
import { getImport } from '#db/queries/imports.ts';
import { type ImportRowFilter, listImportRows } from '#db/queries/import-rows.ts';
import { kindsByKey } from '#server/domain/contact/fields.ts';
import { type RefusedCell, refusedCell } from '#server/domain/contact-csv/refused-cell.ts';
import { rejectColumns } from '#server/domain/contact-csv/reject-columns.ts';
import { csvLine } from '#server/domain/contact-csv/write-csv.ts';
import type { PlainTarget } from '#server/domain/contact-csv/header-names.ts';
import { notFound } from '#server/platform/errors.ts';
import { idSchema } from '#server/platform/ids.ts';
import { attachmentHeaders } from './attachment.ts';
import { answerRoute, routeActor } from './route.ts';

/** Why a row is in the file. */
export interface RejectReason {
  readonly reason: string;
  /** Whose cell it was; null when it was none's. */
  readonly cell: RefusedCell | null;
  /** It says that somebody opted out, and that is not on record. */
  readonly isOptOutLost: boolean;
}

/** The words of the reader's language. */
export interface RejectWords {
  readonly line: string;
  readonly reason: string;
  readonly reasonOf: (why: RejectReason) => string;
  /** What a column that becomes this is called, where the file had no names for its columns. */
  readonly target: (target: PlainTarget) => string;
  /** Of the file, without its ending; `source`: the name of the one that was imported, without its. */
  readonly fileName: (source: string) => string;
}

/** Few, as each may be as long as a row may be. */
const pageRows = 100;

/** Streams the file, as spreadsheets open it and our import reads it, whatever the source was: a mark of UTF-8, semicolons, the
 *  header of the source with line and reason before it, then row after row. */
export function sendRejectedRows(request: Request, importId: string, words: RejectWords, database?: Db): Promise<Response> {
  return answerRoute(async () => {
    const { db, actor } = await routeActor(request, 'imports.rows', database);
    if (!idSchema.safeParse(importId).success) throw notFound('import', importId);
    const found = await getImport(db, actor.workspaceId, importId);
    const fields = await listContactFields(db, actor.workspaceId);
    const kinds = kindsByKey(fields);
    const { header } = found.format;
    const columns = rejectColumns(header, found.mapping, { fields, target: words.target });
    const isOptOutOnly = new URL(request.url).searchParams.get('optOut') === 'notRecorded';
    const filter: ImportRowFilter = isOptOutOnly ? { optOut: 'notRecorded' } : { outcome: 'rejected' };
    async function* lines(): AsyncGenerator<Uint8Array> {
      const encoder = new TextEncoder();
      yield encoder.encode(`\ufeff${csvLine([words.line, words.reason, ...columns.names], ';')}`);
      for (let afterLine = 0; ; ) {
        const rows = await listImportRows(db, actor.workspaceId, importId, filter, { afterLine, limit: pageRows });
        if (rows.length === 0) return;
        const text = rows.map(({ line, reason, problemColumn, optOutRecorded, ...row }) => {
          const cells = row.cells ?? [];
          const cell = row.cells && refusedCell({ column: problemColumn, reason, cells }, { header, mapping: found.mapping, kinds });
          const why = words.reasonOf({ reason: reason ?? '', cell, isOptOutLost: optOutRecorded === false });
          return csvLine([String(line), why, ...columns.of(cells)], ';');
        });
        yield encoder.encode(text.join(''));
        afterLine = rows.at(-1)?.line ?? afterLine;
      }
    }
    return new Response(Readable.toWeb(Readable.from(lines())) as ReadableStream<Uint8Array>, {
      headers: attachmentHeaders(words.fileName(found.fileName.replace(/\.[^.]*$/, ''))),
    });
  });
}
