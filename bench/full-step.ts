/** Full steps per second: due, claimed, rendered, handed to a sender that takes everything at once, settled, the next step
 *  planned and its alarm set; beside jobs that do nothing in graphile-worker and pg-boss, in the same run. */
import { sql } from 'kysely';
import { advanceSequence } from '#server/use-cases/engine/advance-sequence.ts';
import { createEngine } from '#server/use-cases/engine/engine.ts';
import { type Bench, type Figure, perSecond, timed } from './figure.ts';
import { graphileJobsPerSecond, pgBossJobsPerSecond } from './peers.ts';
import { enrolEveryone, makePopulation, makeRunningSequence, type Population } from './population.ts';

const people = 40_000;
/** A full batch asks for one helper. */
const passes = 2;

export async function fullStep(bench: Bench): Promise<Figure[]> {
  const { db, connectionString } = bench;
  const population = await makePopulation(db, people);
  // A first sequence, and statistics after it: a system that has run for a while, as the peers' tables are analysed too.
  await takeSteps(bench, population);
  await sql`vacuum analyze messages, enrolments, enrolment_events`.execute(db);
  const tookMs = await takeSteps(bench, population);
  await refuseUnlessDone(bench);
  const steps = perSecond(people, tookMs);
  const graphile = await graphileJobsPerSecond(connectionString, people);
  const pgBoss = await pgBossJobsPerSecond(connectionString, people);
  const peer = (name: string, value: number): Figure => ({
    name,
    value,
    unit: 'jobs/s',
    ratio: null,
    against: null,
    target: 'none: a peer',
    pass: true,
  });
  const against = (name: string, other: number, least: number): Figure => ({
    name,
    value: steps,
    unit: 'steps/s',
    ratio: steps / other,
    against: `${name.slice('full-step-against-'.length)} no-op jobs`,
    target: `at least ${least} × as many`,
    pass: steps / other >= least,
  });
  return [
    against('full-step-against-graphile-worker', graphile, 1),
    against('full-step-against-pg-boss', pgBoss, 1),
    peer('graphile-worker-noop', graphile),
    peer('pg-boss-noop', pgBoss),
  ];
}

/** Enrols everyone in a new sequence and takes the first step of all; answers the milliseconds of the steps. */
async function takeSteps({ db }: Bench, population: Population): Promise<number> {
  const sequenceId = await makeRunningSequence(db, population);
  await enrolEveryone(db, population, sequenceId, `andante_now() - interval '1 second'`);
  const accepted = { kind: 'accepted', providerId: 'bench' } as const;
  const engine = createEngine(db, { senders: () => Promise.resolve({ send: () => Promise.resolve(accepted) }) });
  const { workspaceId } = population.actor;
  const isLeft = async (): Promise<boolean> => {
    const { rows } = await sql`
      select from enrolments where workspace_id = ${workspaceId} and sequence_id = ${sequenceId} and waiting_for = 'due'
        and ended_at is null and paused_at is null and held_at is null and due_at <= andante_now() limit 1`.execute(db);
    return rows.length > 0;
  };
  const work = async (): Promise<void> => {
    while (await isLeft()) await advanceSequence(engine, workspaceId, sequenceId);
  };
  return timed(async () => {
    await Promise.all(Array.from({ length: passes }, work));
    await engine.dispatcher.idle();
  });
}

/** A figure counts only when every step was really taken. */
async function refuseUnlessDone({ db }: Bench): Promise<void> {
  const { rows } = await sql<{ messages: number; waiting: number; events: number }>`
    select (select count(*) from messages where state = 'accepted') as messages,
      (select count(*) from enrolments where step_key = 'b' and due_at > andante_now()) as waiting,
      (select count(*) from enrolment_events where kind = 'sent') as events`.execute(db);
  const [found] = rows;
  if (found?.messages === 2 * people && found.waiting === 2 * people && found.events === 2 * people) return;
  throw new Error(`The run is incomplete: ${JSON.stringify(found)} of ${2 * people}.`);
}
