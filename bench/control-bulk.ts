/** Controls in bulk: enrolments per second that an operation pauses, resumes, reschedules and removes, by a filter over 100,000. */
import type { EnrolmentControl } from '#server/domain/operation.ts';
import { runOperation } from '#server/use-cases/operations/run-operation.ts';
import { controlEnrolments } from '#server/use-cases/enrolments/control-enrolments.ts';
import { type Bench, type Figure, perSecond, timed } from './figure.ts';
import { enrolEveryone, makePopulation, makeRunningSequence } from './population.ts';

const people = 100_000;
const controls: readonly EnrolmentControl[] = [
  { control: 'pause' },
  { control: 'resume' },
  { control: 'reschedule', at: '2037-01-05T12:00:00Z' },
  { control: 'remove' },
];

export async function controlBulk({ db }: Bench): Promise<Figure[]> {
  const population = await makePopulation(db, people);
  const { actor } = population;
  const sequenceId = await makeRunningSequence(db, population);
  await enrolEveryone(db, population, sequenceId, `andante_now() + interval '1 day'`);
  const figures: Figure[] = [];
  for (const control of controls) {
    const tookMs = await timed(async () => {
      const answer = await controlEnrolments(db, actor, { filter: { sequenceId } }, control);
      if (!('operationId' in answer)) throw new Error('So many are an operation.');
      await runOperation(db, actor.workspaceId, answer.operationId);
    });
    const { done, accepted } = await db
      .selectFrom('operations')
      .select(['done', 'accepted'])
      .orderBy('createdAt', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    if (accepted !== people) throw new Error(`Only ${accepted} of ${done} took the control ${control.control}.`);
    const value = perSecond(people, tookMs);
    figures.push({
      name: `control-bulk-${control.control}`,
      value,
      unit: 'enrolments/s',
      ratio: null,
      against: null,
      target: 'none',
      pass: true,
    });
  }
  return figures;
}
