/** Which faults of an import, or of the count before it, no second try would mend. */
import { RowTooLong } from '#server/domain/contact-csv/row-reader.ts';
import { DomainError } from '#server/platform/errors.ts';
import { log } from '#server/platform/log.ts';
import { isLasting } from '../engine/retry-on-conflict.ts';
import { FileGone } from './read-chunks.ts';
import { isClash } from './write-import-chunk.ts';

/** Such a fault as a code for people; null for one that is the queue's to try again. One that nobody foresaw ends the import too: tried for
 *  ever, it would keep all others from their turn. */
export function importFailure(error: unknown): string | null {
  if (error instanceof FileGone) return 'fileGone';
  if (error instanceof RowTooLong) return `rowTooLong:${error.line}`;
  if (error instanceof DomainError && (error.code === 'conflict' || error.code === 'notFound')) return 'sequenceClosed';
  if (!isLasting(error) || isClash(error)) return null;
  log.error({ err: error }, 'an import failed');
  return 'unexpected';
}
