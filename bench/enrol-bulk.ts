/** Bulk enrolment: contacts per second that an operation enrols, with refusals checked and first steps planned. */
import { runOperation } from '#server/use-cases/operations/run-operation.ts';
import { enrolContacts } from '#server/use-cases/enrolments/enrol-contacts.ts';
import { type Bench, type Figure, perSecond, timed } from './figure.ts';
import { makePopulation, makeRunningSequence } from './population.ts';

const people = 100_000;
const target = 50_000;

export async function enrolBulk({ db }: Bench): Promise<Figure[]> {
  const population = await makePopulation(db, people);
  const sequenceId = await makeRunningSequence(db, population);
  const tookMs = await timed(async () => {
    const answer = await enrolContacts(db, population.actor, { sequenceId, target: { filter: {} } });
    if ('operationId' in answer) await runOperation(db, population.actor.workspaceId, answer.operationId);
  });
  const { count } = await db
    .selectFrom('enrolments')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (count !== people) throw new Error(`Only ${count} of ${people} were enrolled.`);
  const value = perSecond(people, tookMs);
  const wanted = `at least ${target.toLocaleString('en')}`;
  return [{ name: 'enrol-bulk', value, unit: 'contacts/s', ratio: null, against: null, target: wanted, pass: value >= target }];
}
