/** `GET /api/imports/{id}/rejects.csv`: the rows that an import refused, with the reason of each, to mend and send again. */
import { Readable } from 'node:stream';
import type { Db } from '#db/client.ts';
import { getImport, listImportRows } from '#db/queries/imports.ts';
import { csvLine } from '#server/domain/contact-csv/write-csv.ts';
import { notFound } from '#server/platform/errors.ts';
import { idSchema } from '#server/platform/ids.ts';
import { answerRoute, routeActor } from './route.ts';

export interface RejectWords {
  readonly line: string;
  readonly reason: string;
  /** A reason code in words of the reader's language. */
  readonly reasonOf: (code: string) => string;
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
    const { header } = found.format;
    async function* lines(): AsyncGenerator<Uint8Array> {
      const encoder = new TextEncoder();
      const columns = header ?? found.mapping.map(() => '');
      yield encoder.encode(`\ufeff${csvLine([words.line, words.reason, ...columns], ';')}`);
      for (let afterLine = 0; ; ) {
        const rows = await listImportRows(db, actor.workspaceId, importId, { outcome: 'rejected' }, { afterLine, limit: pageRows });
        if (rows.length === 0) return;
        const text = rows.map((row) => csvLine([String(row.line), words.reasonOf(row.reason ?? ''), ...(row.cells ?? [])], ';'));
        yield encoder.encode(text.join(''));
        afterLine = rows.at(-1)?.line ?? afterLine;
      }
    }
    const name = found.fileName.replace(/\.[^.]*$/, '').replace(/[^\p{L}\p{N} ._-]/gu, '_');
    return new Response(Readable.toWeb(Readable.from(lines())) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="rejects.csv"; filename*=UTF-8''${encodeURIComponent(`${name}-rejects.csv`)}`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    });
  });
}
