/** Whether the rules of time leave anything open, and which of them clash where they do not. */
import type { Window } from '#server/domain/time/schema.ts';
import { compileWindow, firstAllowedInstant, type WindowParts, type WindowRule } from '#server/domain/time/window.ts';
import type { ClosedDates } from './compile.ts';
import type { Problem } from './problems.ts';

export interface TimeRules {
  readonly sequence: Window | null;
  readonly step: Window | null;
  readonly quietHours: Window | null;
  readonly closedDates: ClosedDates;
}

/** A window without any block never opens; several rules that leave nothing between them in the 366 days after `from`
 *  clash, and the fewest that do are named (`window`, `stepWindow`, `quietHours`, `holiday`). With a step's window, only
 *  what that window brings about is told. */
export function validateWindows(rules: TimeRules, from: Date): Omit<Problem, 'stepKey'>[] {
  const named = partsByRule(rules);
  if (!neverOpens(named, from)) return [];
  const clash = subsetsBySize(named).find((subset) => neverOpens(subset, from)) ?? named;
  const clashing = clash.map(([rule]) => rule);
  if (rules.step !== null && !clashing.includes('stepWindow')) return [];
  const code = clashing.length > 1 ? 'windowsClash' : 'windowNeverOpens';
  return [
    { code, path: clash.length === 1 && clashing.includes('holiday') ? 'calendarId' : 'window', params: { rules: clashing.join(', ') } },
  ];
}

type NamedPart = readonly [rule: WindowRule, part: WindowParts];

function partsByRule({ sequence, step, quietHours, closedDates }: TimeRules): NamedPart[] {
  const closed = Object.keys(closedDates);
  const parts: NamedPart[] = [];
  if (sequence) parts.push(['window', { sequence }]);
  if (step) parts.push(['stepWindow', { step }]);
  if (quietHours) parts.push(['quietHours', { quietHours }]);
  if (closed.length > 0) parts.push(['holiday', { closedDates: closed }]);
  return parts;
}

/** Days and hours of the week alone decide, so any zone does. */
function neverOpens(parts: readonly NamedPart[], from: Date): boolean {
  const merged: WindowParts = Object.assign({}, ...parts.map(([, part]) => part));
  return firstAllowedInstant(from, compileWindow(merged), 'UTC') === null;
}

function subsetsBySize<T>(items: readonly T[]): T[][] {
  const subsets = items.reduce<T[][]>((found, item) => [...found, ...found.map((subset) => [...subset, item])], [[]]);
  return subsets.filter((subset) => subset.length > 0).sort((a, b) => a.length - b.length);
}
