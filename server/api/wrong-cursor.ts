import { z } from 'zod';
import { DomainError } from '#server/platform/errors.ts';

export function wrongCursor(): DomainError {
  return new DomainError('invalid', 'This is not a cursor that an earlier answer gave. Start again without one.', { field: 'cursor' });
}

/** Whether it is an instant as cursors have it, in UTC and to the microsecond. No calendar of the database has a year 0. */
export function isCursorInstant(text: string): boolean {
  return z.iso.datetime({ precision: 6 }).safeParse(text).success && !text.startsWith('0000');
}
