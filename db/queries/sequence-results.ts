/** Numbers of a sequence: queries over messages and the ledger, no aggregates. Of large sequences, what became of some people stands for
 *  all: docs/decisions/0024-numbers-beside-lists.md */
import { type RawBuilder, sql } from 'kysely';
import { type ReachMetric, reachMetrics, type StepMetric } from '#server/domain/results.ts';
import { estimated, exactUpTo } from '#server/domain/rough-count.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';
import { markColumn, marksOfSequence } from './step-marks.ts';
import { isSurelyMany, rowsOf, sampleOf, type TableSample, weightOf } from './table-sample.ts';

export type StepCounts = { readonly stepKey: string } & Readonly<Record<StepMetric, number>>;

/** Enrolments per step and metric, each counted once a step. Only steps with something to count. */
export async function countStepMetrics(db: Db, workspaceId: WorkspaceId, sequenceId: string): Promise<StepCounts[]> {
  return await countSteps(db, workspaceId, sequenceId, () => sql`true`);
}

/** `among`: a condition on the column that holds an enrolment's id. */
async function countSteps(
  db: Db,
  workspaceId: WorkspaceId,
  sequenceId: string,
  among: (enrolmentId: RawBuilder<unknown>) => RawBuilder<unknown>,
): Promise<StepCounts[]> {
  const counted = sql.join(
    reachMetrics.map(
      (metric: ReachMetric) => sql`count(distinct mark.enrolment_id) filter (where ${markColumn(metric)}) as ${sql.ref(metric)}`,
    ),
  );
  const { rows } = await sql<StepCounts>`
    with marked as (
      select mark.step_key, ${counted} from (${marksOfSequence(workspaceId, sequenceId)}) mark
      where ${among(sql`mark.enrolment_id`)} group by mark.step_key
    ), waiting as (
      select step_key, count(*) as waiting from enrolments
      where workspace_id = ${workspaceId} and sequence_id = ${sequenceId} and ended_at is null and step_key is not null
        and waiting_for = 'due' and ${among(sql`id`)}
      group by step_key
    )
    select coalesce(marked.step_key, waiting.step_key) as step_key, coalesce(waiting.waiting, 0) as waiting,
      ${sql.join(reachMetrics.map((metric) => sql`coalesce(marked.${sql.ref(metric)}, 0) as ${sql.ref(metric)}`))}
    from marked full join waiting on waiting.step_key = marked.step_key`.execute(db);
  return rows;
}

export interface EnrolmentTotals {
  readonly status: 'active' | 'paused' | 'held' | 'ended';
  readonly exitReason: string | null;
  readonly count: number;
}

/** Enrolments by status, and those that ended by reason. */
export async function countEnrolments(db: Db, workspaceId: WorkspaceId, sequenceId: string): Promise<EnrolmentTotals[]> {
  const { rows } = await sql<EnrolmentTotals>`
    select status, exit_reason, count(*) as count from enrolments
    where workspace_id = ${workspaceId} and sequence_id = ${sequenceId}
    group by status, exit_reason order by count desc, exit_reason`.execute(db);
  return rows;
}

export interface SequenceResults {
  readonly steps: readonly StepCounts[];
  readonly enrolments: readonly EnrolmentTotals[];
  /** False: estimates. Numbers that stand for hardly anybody may be 0, or missing. */
  readonly isExact: boolean;
}

/** People whose messages are read where there are too many to read everybody's. */
const peopleRead = 1_000;
const peoplePicked = 5_000;

/** Both numbers quickly: exact up to 10,000 people, estimated from a sample of them above. */
export async function readResults(db: Db, workspaceId: WorkspaceId, sequenceId: string): Promise<SequenceResults> {
  const sample = await sampleOf(db, 'enrolments');
  if (sample.percent === 100 || (await isSmall(db, workspaceId, sequenceId))) {
    const steps = await countStepMetrics(db, workspaceId, sequenceId);
    return { steps, enrolments: await countEnrolments(db, workspaceId, sequenceId), isExact: true };
  }
  const drawn = await drawPeople(db, workspaceId, sequenceId, sample);
  // Few pages have them all, and the sample may have missed those.
  const { people, weight } = isSurelyMany(drawn.people.length, drawn.weight) ? drawn : await pickPeople(db, workspaceId, sequenceId);
  const every = Math.max(1, Math.floor(people.length / peopleRead));
  const ids = people.filter((_, n) => n % every === 0).map(({ id }) => id);
  const steps = await countSteps(db, workspaceId, sequenceId, (id) => sql`${id} = any(${ids}::uuid[])`);
  const stepWeight = (weight * people.length) / Math.max(1, ids.length);
  return { steps: steps.map((step) => scaledStep(step, stepWeight)), enrolments: totalsOf(people, weight), isExact: false };
}

interface People {
  readonly people: readonly (Omit<EnrolmentTotals, 'count'> & { readonly id: string })[];
  /** How many each of them stands for. */
  readonly weight: number;
}

/** Those of the sequence in the sample of the table. */
async function drawPeople(db: Db, workspaceId: WorkspaceId, sequenceId: string, sample: TableSample): Promise<People> {
  const { rows } = await sql<{ id: string | null; status: EnrolmentTotals['status']; exitReason: string | null; count: number }>`
    select case when workspace_id = ${workspaceId} and sequence_id = ${sequenceId} then id end as id, min(status) as status,
      min(exit_reason) as exit_reason, count(*) as count
    from ${rowsOf('enrolments', sample)} group by 1 order by 1`.execute(db);
  const seen = rows.reduce((sum, row) => sum + row.count, 0);
  return { people: rows.flatMap((row) => (row.id === null ? [] : [{ ...row, id: row.id }])), weight: weightOf(sample, seen) };
}

/** Some thousands from all over the sequence, by its index. */
async function pickPeople(db: Db, workspaceId: WorkspaceId, sequenceId: string): Promise<People> {
  const { rows } = await sql<People['people'][number] & { total: number }>`
    select e.id, e.status, e.exit_reason, picked.total from (
      select id, row_number() over (order by id) as n, count(*) over () as total from enrolments
      where workspace_id = ${workspaceId} and sequence_id between ${sequenceId} and ${sequenceId}
    ) picked join enrolments e on e.workspace_id = ${workspaceId} and e.id = picked.id
    where picked.n % greatest(1, picked.total / ${peoplePicked}) = 0 order by e.id`.execute(db);
  return { people: rows, weight: (rows[0]?.total ?? 0) / Math.max(1, rows.length) };
}

async function isSmall(db: Db, workspaceId: WorkspaceId, sequenceId: string): Promise<boolean> {
  const { rows } = await sql`
    select from enrolments where workspace_id = ${workspaceId} and sequence_id between ${sequenceId} and ${sequenceId}
    order by sequence_id, id offset ${exactUpTo} limit 1`.execute(db);
  return rows.length === 0;
}

function scaledStep({ stepKey, ...counts }: StepCounts, weight: number): StepCounts {
  const scaled = Object.entries(counts).map(([metric, count]) => [metric, estimated(count, weight)]);
  return { stepKey, ...(Object.fromEntries(scaled) as Record<StepMetric, number>) };
}

function totalsOf(people: readonly Omit<EnrolmentTotals, 'count'>[], weight: number): EnrolmentTotals[] {
  const totals = new Map<string, { status: EnrolmentTotals['status']; exitReason: string | null; people: number }>();
  for (const { status, exitReason } of people) {
    const total = totals.get(`${status} ${exitReason}`) ?? { status, exitReason, people: 0 };
    total.people += 1;
    totals.set(`${status} ${exitReason}`, total);
  }
  return [...totals.values()]
    .toSorted((a, b) => b.people - a.people)
    .map(({ people: count, ...of }) => ({ ...of, count: estimated(count, weight) }));
}
