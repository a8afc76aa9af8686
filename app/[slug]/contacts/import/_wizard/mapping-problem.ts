/** What keeps a mapping from being used, as the key of a sentence; null when nothing does. */
import { foldedName } from '#server/domain/contact-csv/header-names.ts';
import type { Mapping } from '#server/domain/contact-csv/mapping.ts';
import type { ImportOptions } from '#server/domain/contact-csv/options.ts';

export type MappingProblem = 'duplicate' | 'noOptions' | 'noAddress' | 'noIdentity';

/** With such a problem the file cannot be tried. */
export function isUnreadable(problem: MappingProblem | null): boolean {
  return problem === 'duplicate' || problem === 'noOptions';
}

export function mappingProblem(mapping: Mapping, identity: ImportOptions['identity']): MappingProblem | null {
  const once = mapping.flatMap((column) => {
    if (column.to === 'ignore' || column.to === 'tags') return [];
    if (column.to === 'field') return [`field ${column.key}`];
    return column.to === 'newField' ? [`new ${foldedName(column.label)}`] : [column.to];
  });
  if (new Set(once).size < once.length) return 'duplicate';
  const lacksOptions = mapping.some((column) => column.to === 'newField' && column.kind === 'choice' && !column.options?.length);
  if (lacksOptions) return 'noOptions';
  const has = (target: string) => mapping.some((column) => column.to === target);
  const identified = identity === 'either' ? has('phone') || has('email') : has(identity);
  if (identified) return null;
  return identity === 'externalId' || has('phone') || has('email') ? 'noIdentity' : 'noAddress';
}
