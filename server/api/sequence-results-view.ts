/** How results look to callers of the API: instants as ISO strings in UTC. */
import { firstWords } from '#server/domain/definition/first-words.ts';
import type { PersonRow } from '#db/queries/sequence-people.ts';
import type { EnrolmentTotals, SequenceResults } from '#db/queries/sequence-results.ts';
import type { SequenceStructure } from '#db/queries/sequence-structures.ts';
import type { SequenceRow } from '#db/queries/sequences.ts';
import { type CompiledDefinition, type CompiledStep, compileDefinition } from '#server/domain/definition/compile.ts';
import { rounded } from '#server/domain/rough-count.ts';
import { type StepMetric, stepMetrics } from '#server/domain/results.ts';

const nothing = Object.fromEntries(stepMetrics.map((metric) => [metric, 0])) as Record<StepMetric, number>;

export function resultsView(
  sequence: SequenceRow,
  structures: readonly SequenceStructure[],
  { steps: counts, enrolments: totals, isExact }: SequenceResults,
) {
  const compiled = structures.map(({ version, definition }) => ({ version, ...compileDefinition(definition) }));
  const live = compiled.find(({ version }) => version === sequence.liveVersion);
  const counted = new Map(counts.map(({ stepKey, ...numbers }) => [stepKey, numbers]));
  const earlier = counts.filter(({ stepKey }) => !live?.steps.has(stepKey));
  const statusCount = (status: EnrolmentTotals['status']) => totals.reduce((sum, row) => sum + (row.status === status ? row.count : 0), 0);
  const total = totals.reduce((sum, row) => sum + row.count, 0);
  return {
    id: sequence.id,
    name: sequence.name,
    status: sequence.status,
    isExact,
    enrolments: {
      total: isExact ? total : rounded(total, 2),
      active: statusCount('active'),
      paused: statusCount('paused'),
      held: statusCount('held'),
      ended: statusCount('ended'),
      exits: totals.flatMap(({ exitReason, count }) => (exitReason === null ? [] : [{ reason: exitReason, count }])),
    },
    steps: [
      ...[...(live?.steps.values() ?? [])].map((step) => ({
        ...stepView(step),
        isLive: true,
        counts: counted.get(step.step.key) ?? nothing,
      })),
      ...earlier.flatMap(({ stepKey, ...numbers }) => {
        const known = compiled.find(({ steps }) => steps.has(stepKey))?.steps.get(stepKey);
        return known ? [{ ...stepView(known), isLive: false, counts: numbers }] : [];
      }),
    ],
  };
}

function stepView({ step, position, depth, outcome }: CompiledStep) {
  return { stepKey: step.key, type: step.type, title: firstWords(step), position, depth, outcome };
}

export function personView(row: PersonRow, versions: ReadonlyMap<number, CompiledDefinition>) {
  const compiled = versions.get(row.version);
  const step = row.stepKey === null ? undefined : compiled?.steps.get(row.stepKey);
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  return {
    ...row,
    dueAt: iso(row.dueAt),
    plannedAt: iso(row.plannedAt),
    startedAt: row.startedAt.toISOString(),
    pausedAt: iso(row.pausedAt),
    pausedUntil: iso(row.pausedUntil),
    heldUntil: iso(row.heldUntil),
    endedAt: iso(row.endedAt),
    stepTitle: step ? firstWords(step.step) : null,
    stepType: step?.step.type ?? null,
    stepPosition: step?.position ?? null,
    stepCount: compiled?.steps.size ?? 0,
  };
}
