/** What a tick costs when nothing is due: the sweep, with a thousand and with a million people waiting. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { sweep } from '#server/use-cases/engine/sweep.ts';
import { type Bench, type Figure, timed } from './figure.ts';
import { addContacts, enrolEveryone, makePopulation, makeRunningSequence, type Population } from './population.ts';

const few = 1_000;
const many = 1_000_000;
const ticks = 200;
const warmUps = 100;
const mostRatio = 1.2;

export async function tickIdle({ db }: Bench): Promise<Figure[]> {
  const population = await makePopulation(db, few);
  const sequenceId = await makeRunningSequence(db, population);
  await enrolEveryone(db, population, sequenceId, `andante_now() + interval '30 days'`);
  const withFew = await tickMs({ db });
  await addMany(db, population, sequenceId);
  const withMany = await tickMs({ db });
  const ratio = withMany / withFew;
  const value = Math.round(withMany * 1_000) / 1_000;
  const target = `at most ${mostRatio} × with ${few.toLocaleString('en')}`;
  return [
    {
      name: 'tick-idle',
      value,
      unit: 'ms',
      ratio,
      against: `the tick with ${few.toLocaleString('en')} waiting`,
      target,
      pass: ratio <= mostRatio,
    },
  ];
}

async function addMany(db: Bench['db'], population: Population, sequenceId: string): Promise<void> {
  await sql`delete from enrolments`.execute(db);
  await addContacts(db, population.actor.workspaceId, many - few);
  await enrolEveryone(db, population, sequenceId, `andante_now() + interval '30 days'`);
}

/** The median of many, once the database has written down what was loaded and nobody tidies up behind it. */
async function tickMs({ db }: Pick<Bench, 'db'>): Promise<number> {
  await untilQuiet(db);
  for (let n = 0; n < warmUps; n++) await sweep(db);
  const took: number[] = [];
  for (let n = 0; n < ticks; n++) took.push(await timed(() => sweep(db)));
  took.sort((a, b) => a - b);
  return took[Math.floor(ticks / 2)] ?? 0;
}

async function untilQuiet(db: Bench['db']): Promise<void> {
  await sql`checkpoint`.execute(db);
  for (;;) {
    const { rows } = await sql`select from pg_stat_activity where backend_type = 'autovacuum worker'`.execute(db);
    if (rows.length === 0) return;
    await pause(500);
  }
}
