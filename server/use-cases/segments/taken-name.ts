import type { SegmentRow } from '#db/queries/segments.ts';
import { DomainError } from '#server/platform/errors.ts';

/** Throws `alreadyExists` when another segment than `exceptId` has the name, in whatever case. */
export function refuseTakenName(segments: readonly SegmentRow[], name: string, exceptId: string | null): void {
  const other = segments.find((segment) => segment.id !== exceptId && segment.name.toLowerCase() === name.toLowerCase());
  if (!other) return;
  throw new DomainError('alreadyExists', `There is a segment "${other.name}" already. Choose another name.`, {
    field: 'name',
    id: other.id,
  });
}
