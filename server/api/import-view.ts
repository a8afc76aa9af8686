/** An import as the API shows it. */
import type { ImportRow } from '#db/queries/imports.ts';

export function importView(row: ImportRow) {
  return {
    id: row.id,
    uploadId: row.uploadId,
    fileName: row.fileName,
    byteCount: row.byteCount,
    status: row.status,
    format: row.format,
    mapping: row.mapping,
    options: row.options,
    /** Share of the file that has been worked through, 0 to 1. */
    progress: row.status === 'done' ? 1 : row.byteCount === 0 ? 0 : row.bytesDone / row.byteCount,
    counts: row.counts,
    /** A code: `rowTooLong:<line>`, `sequenceClosed`, `fileGone`. */
    error: row.error,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
