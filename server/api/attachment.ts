/** The headers of a CSV that the reader is to keep as a file. */
import { withoutAccents } from '#server/domain/without-accents.ts';

/** `name`: of the file, without its ending; signs that file systems may not take are replaced. Old clients get it without accents. */
export function attachmentHeaders(name: string): Record<string, string> {
  const safe = name.replace(/[^\p{L}\p{N} ._-]/gu, '_');
  const plain = withoutAccents(safe).replace(/[^\x20-\x7e]/g, '_');
  return {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${plain}.csv"; filename*=UTF-8''${encodeURIComponent(`${safe}.csv`)}`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
}
