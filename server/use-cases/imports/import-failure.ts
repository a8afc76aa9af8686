/** Which faults of an import, or of the count before it, no second try would mend. */
import { RowTooLong } from '#server/domain/contact-csv/row-reader.ts';
import { DomainError } from '#server/platform/errors.ts';
import { FileGone } from './read-chunks.ts';

/** Such a fault as a code for people; null for one that is the queue's to try again. */
export function importFailure(error: unknown): string | null {
  if (error instanceof FileGone) return 'fileGone';
  if (error instanceof RowTooLong) return `rowTooLong:${error.line}`;
  return error instanceof DomainError && (error.code === 'conflict' || error.code === 'notFound') ? 'sequenceClosed' : null;
}
