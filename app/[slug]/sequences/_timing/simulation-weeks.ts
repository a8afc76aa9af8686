/** A simulation laid out in weeks: every step on its local day, the day it would have gone where it was moved, closed days
 *  and holidays. Pure; never looks at the zone of the process. */
import { type CompiledDefinition, closedDatesOf, type WorkspaceRules } from '#server/domain/definition/compile.ts';
import type { SimulatedStep, Simulation } from '#server/domain/simulate.ts';
import { dateOfDay, dayOfWall, wallAt, weekdayOfDay } from '#server/domain/time/wall-clock.ts';
import { compileWindow } from '#server/domain/time/window.ts';

export interface DayMark {
  /** `step`: it goes then, or is passed over then. `ghost`: it would have gone then, but was moved. */
  readonly kind: 'step' | 'ghost';
  readonly simulated: SimulatedStep;
  /** Its place in reading order. */
  readonly position: number;
  readonly at: Date;
}

export interface SimulationDay {
  /** Local date. */
  readonly on: string;
  /** The sequence and the quiet hours leave no hour of this weekday open. */
  readonly isClosed: boolean;
  readonly holiday: string | null;
  readonly isStart: boolean;
  readonly marks: readonly DayMark[];
}

/** A week from Monday to Sunday, or some weeks in a row in which nothing happens. */
export type SimulationRow =
  | { readonly kind: 'week'; readonly days: readonly SimulationDay[] }
  | { readonly kind: 'gap'; readonly weeks: number };

interface WeeksInput {
  readonly compiled: CompiledDefinition;
  readonly simulation: Simulation;
  readonly rules: WorkspaceRules;
  readonly startAt: Date;
  readonly zone: string;
}

/** From the week of the start to the one of the last step. A single empty week is shown, two or more are one gap. */
export function simulationRows({ compiled, simulation, rules, startAt, zone }: WeeksInput): SimulationRow[] {
  const dayOf = (at: Date): number => dayOfWall(wallAt(at.getTime(), zone));
  const marks = new Map<number, DayMark[]>();
  const put = (day: number, mark: DayMark): void => void marks.set(day, [...(marks.get(day) ?? []), mark]);
  for (const simulated of simulation.steps) {
    const position = compiled.steps.get(simulated.stepKey)?.position ?? 0;
    const { plannedAt, movedFrom } = simulated;
    if (!plannedAt) continue;
    put(dayOf(plannedAt), { kind: 'step', simulated, position, at: plannedAt });
    if (movedFrom && dayOf(movedFrom) !== dayOf(plannedAt)) put(dayOf(movedFrom), { kind: 'ghost', simulated, position, at: movedFrom });
  }
  const { week } = compileWindow({ sequence: compiled.definition.window, quietHours: rules.quietHours });
  const closedDates = closedDatesOf(compiled.definition, rules);
  const start = dayOf(startAt);
  const first = mondayOf(Math.min(start, ...marks.keys()));
  const last = Math.max(start, ...marks.keys());
  const rows: SimulationRow[] = [];
  for (let monday = first; monday <= last; monday += 7) {
    const numbers = Array.from({ length: 7 }, (_, n) => monday + n);
    if (!numbers.some((day) => day === start || marks.has(day))) {
      addEmptyWeek(rows);
      continue;
    }
    rows.push({
      kind: 'week',
      days: numbers.map((day) => ({
        on: dateOfDay(day),
        isClosed: week[weekdayOfDay(day)]?.length === 0,
        holiday: closedDates[dateOfDay(day)] ?? null,
        isStart: day === start,
        marks: (marks.get(day) ?? []).sort((a, b) => a.at.getTime() - b.at.getTime() || a.position - b.position),
      })),
    });
  }
  return rows;
}

function addEmptyWeek(rows: SimulationRow[]): void {
  const before = rows.at(-1);
  if (before?.kind === 'gap') rows[rows.length - 1] = { kind: 'gap', weeks: before.weeks + 1 };
  else rows.push({ kind: 'gap', weeks: 1 });
}

function mondayOf(day: number): number {
  return day - weekdayOfDay(day);
}
