/** What keeps a mapping from being used, as the key of a sentence; null when nothing does. */
import { foldedName } from '#server/domain/contact-csv/header-names.ts';
import type { Mapping } from '#server/domain/contact-csv/mapping.ts';
import type { ImportOptions } from '#server/domain/contact-csv/options.ts';

export type MappingProblem = 'duplicate' | 'choiceUnmade' | 'noAddress' | 'noIdentity';

/** `unmade`: how many choices have options, but are not made yet. */
export function mappingProblem(mapping: Mapping, identity: ImportOptions['identity'], unmade: number): MappingProblem | null {
  const once = mapping.flatMap((column) => {
    if (column.to === 'ignore' || column.to === 'tags') return [];
    if (column.to === 'field') return [`field ${column.key}`];
    return column.to === 'newField' ? [`new ${foldedName(column.label)}`] : [column.to];
  });
  if (new Set(once).size < once.length) return 'duplicate';
  if (unmade > 0) return 'choiceUnmade';
  const has = (target: string) => mapping.some((column) => column.to === target);
  const identified = identity === 'either' ? has('phone') || has('email') : has(identity);
  if (identified) return null;
  return identity === 'externalId' || has('phone') || has('email') ? 'noIdentity' : 'noAddress';
}
