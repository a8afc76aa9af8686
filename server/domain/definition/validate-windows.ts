/** Whether the rules of time leave anything open, and which of them clash where they do not. */
import type { Window } from '#server/domain/time/schema.ts';
import { compileWindow } from '#server/domain/time/window.ts';
import type { WorkspaceRules } from './compile.ts';
import type { Problem } from './problems.ts';

/** A window without any block never opens; several rules that leave nothing between them clash, and the fewest that do
 *  are named (`window`, `stepWindow`, `quietHours`). With a step's window, only what that window brings about is told. */
export function validateWindows(sequence: Window | null, step: Window | null, rules: WorkspaceRules): Omit<Problem, 'stepKey'>[] {
  const parts = { sequence, step, quietHours: rules.quietHours };
  const named = [
    { rule: 'window', part: { sequence }, isSet: sequence !== null },
    { rule: 'stepWindow', part: { step }, isSet: step !== null },
    { rule: 'quietHours', part: { quietHours: rules.quietHours }, isSet: rules.quietHours !== null },
  ].filter((entry) => entry.isSet);
  if (!compileWindow(parts).neverOpens) return [];
  const subsets = subsetsBySize(named);
  const clash = subsets.find((subset) => compileWindow(Object.assign({}, ...subset.map((entry) => entry.part))).neverOpens) ?? named;
  const clashing = clash.map((entry) => entry.rule);
  if (step !== null && !clashing.includes('stepWindow')) return [];
  if (clashing.length > 1) return [{ code: 'windowsClash', path: 'window', params: { rules: clashing.join(', ') } }];
  return [{ code: 'windowNeverOpens', path: 'window', params: { rules: clashing.join(', ') } }];
}

function subsetsBySize<T>(items: readonly T[]): T[][] {
  const subsets = items.reduce<T[][]>((found, item) => [...found, ...found.map((subset) => [...subset, item])], [[]]);
  return subsets.filter((subset) => subset.length > 0).sort((a, b) => a.length - b.length);
}
