import { DomainError } from '#server/platform/errors.ts';

export function wrongCursor(): DomainError {
  return new DomainError('invalid', 'This is not a cursor that an earlier answer gave. Start again without one.', { field: 'cursor' });
}
