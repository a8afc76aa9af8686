/** What keeps a mapping from being used, as the key of a sentence; null when nothing does. */
import { foldedName, sharedTargets } from '#server/domain/contact-csv/header-names.ts';
import type { Mapping } from '#server/domain/contact-csv/mapping.ts';
import type { ImportOptions } from '#server/domain/contact-csv/options.ts';

export type MappingProblem = 'duplicate' | 'noOptions' | 'noAddress' | 'noIdentity';

/** With such a problem nobody could be told by any rule. */
export function isInTheWay(problem: MappingProblem | null): boolean {
  return problem !== null && problem !== 'noIdentity';
}

/** With such a problem the file cannot be tried. */
export function isUnreadable(problem: MappingProblem | null): boolean {
  return problem === 'duplicate' || problem === 'noOptions';
}

export function mappingProblem(mapping: Mapping, identity: ImportOptions['identity']): MappingProblem | null {
  const once = mapping.flatMap((column) => {
    if (sharedTargets.has(column.to)) return [];
    if (column.to === 'field') return [`field ${column.key}`];
    return column.to === 'newField' ? [`new ${foldedName(column.label)}`] : [column.to];
  });
  if (new Set(once).size < once.length) return 'duplicate';
  const lacksOptions = mapping.some((column) => column.to === 'newField' && column.kind === 'choice' && !column.options?.length);
  if (lacksOptions) return 'noOptions';
  const has = (target: string) => mapping.some((column) => column.to === target);
  const reachable = has('phone') || has('email');
  if (identity === 'either' ? reachable : has(identity)) return null;
  // Another rule, which is chosen later, may tell them.
  return reachable || has('externalId') ? 'noIdentity' : 'noAddress';
}
