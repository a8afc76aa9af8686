/** What keeps a mapping from being used, as the key of a sentence; null when nothing does. */
import type { ImportOptions } from '#server/domain/contact-csv/options.ts';
import type { Mapping } from '#server/domain/contact-csv/mapping.ts';

export type MappingProblem = 'duplicate' | 'noAddress' | 'noIdentity';

export function mappingProblem(mapping: Mapping, identity: ImportOptions['identity']): MappingProblem | null {
  const once = mapping.flatMap((column) => {
    if (column.to === 'ignore' || column.to === 'tags') return [];
    if (column.to === 'field') return [`field ${column.key}`];
    return column.to === 'newField' ? [`new ${column.label.toLowerCase()}`] : [column.to];
  });
  if (new Set(once).size < once.length) return 'duplicate';
  const has = (target: string) => mapping.some((column) => column.to === target);
  const identified = identity === 'either' ? has('phone') || has('email') : has(identity);
  if (identified) return null;
  return identity === 'externalId' || has('phone') || has('email') ? 'noIdentity' : 'noAddress';
}
