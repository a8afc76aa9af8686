/** Punctuality: how long after their due time messages are accepted, by one worker in a process of its own whose channel
 *  takes everything at once. With 100,000 due in one minute, with few due each second in many sequences, and beside a burst
 *  of another sequence; and the most memory that the worker had during all that. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { setAlarms } from '#jobs/queues/alarms.ts';
import { enrolDue, type Lateness, latenessOf, untilQuiet, untilTaken } from './due.ts';
import type { Bench, Figure } from './figure.ts';
import { addContacts, enrolEveryone, makePopulation, makeRunningSequence, type Population } from './population.ts';
import { startSinkWorker } from './worker-process.ts';

const many = 100_000;
const burst = 1_000_000;
const normal = { perSecond: 20, seconds: 60, sequences: 200 };
const beside = 50;
const targets = { manyP99: 15, normalP50: 1, beside: 5, megabytes: 300 };
const patienceMs = 300_000;

export async function punctuality(bench: Bench): Promise<Figure[]> {
  const population = await makePopulation(bench.db, many);
  const worker = await startSinkWorker(bench);
  try {
    const atOnce = await lateness(bench, population, { sequences: 1, people: many, seconds: 1, leadMs: 40_000 });
    const spread = await lateness(bench, population, { sequences: 1, people: many, seconds: 60, leadMs: 60_000 });
    const { perSecond, seconds, sequences } = normal;
    const few = await lateness(bench, population, { sequences, people: perSecond * seconds, seconds, leadMs: 15_000 });
    const besideBurst = await latenessBesideBurst(bench, population);
    const megabytes = await worker.peakMegabytes();
    await refuseIfKept(bench);
    return [
      ...all('punctuality-100000-at-once', atOnce, { p99: targets.manyP99 }),
      ...all('punctuality-100000-in-a-minute', spread, { p99: targets.manyP99 }),
      ...all('punctuality-20-a-second', few, { p50: targets.normalP50 }),
      ...all('punctuality-beside-a-burst', besideBurst, { p99: targets.beside, max: targets.beside }),
      ...(megabytes === null ? [] : [figure('punctuality-worker-memory', megabytes, 'MB resident at most', targets.megabytes)]),
    ];
  } finally {
    await worker.stop();
  }
}

async function lateness(
  { db }: Bench,
  population: Population,
  of: { sequences: number; people: number; seconds: number; leadMs: number },
): Promise<Lateness> {
  const sequenceIds = await makeSequences({ db }, population, of.sequences);
  const from = wholeSecondIn(of.leadMs);
  await enrolDue(db, population, { sequenceIds, people: of.people, from, seconds: of.seconds });
  await pause(from.getTime() - Date.now() + (of.seconds - 1) * 1_000);
  await untilTaken(db, population, sequenceIds, patienceMs);
  await untilQuiet(db);
  return complete(await latenessOf(db, population, sequenceIds), of.people);
}

/** A million enrolments of one sequence are let go at once; while they are worked off, another sequence has one due each second. */
async function latenessBesideBurst({ db }: Bench, population: Population): Promise<Lateness> {
  const { workspaceId } = population.actor;
  await addContacts(db, workspaceId, burst - many);
  const [sequenceId = ''] = await makeSequences({ db }, population, 1);
  await setStatus({ db }, sequenceId, 'paused');
  await enrolEveryone(db, population, sequenceId, 'andante_now()');
  const others = await makeSequences({ db }, population, 1);
  const from = wholeSecondIn(15_000);
  await enrolDue(db, population, { sequenceIds: others, people: beside, from, seconds: beside });
  await pause(from.getTime() - Date.now() - 3_000);
  await setStatus({ db }, sequenceId, 'running');
  const at = new Date();
  await db.transaction().execute((tx) => setAlarms(tx, [{ queue: 'sequence.advance', workspaceId, sequenceId, at }]));
  await pause(beside * 1_000);
  await untilTaken(db, population, others, patienceMs);
  const taken = await latenessOf(db, population, [sequenceId]);
  if (taken.count === 0 || taken.count >= burst) throw new Error(`The burst was not under way: ${taken.count} of ${burst} were sent.`);
  return complete(await latenessOf(db, population, others), beside);
}

async function makeSequences({ db }: Pick<Bench, 'db'>, population: Population, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push(await makeRunningSequence(db, population));
  return ids;
}

async function setStatus({ db }: Pick<Bench, 'db'>, id: string, status: 'paused' | 'running'): Promise<void> {
  await db.updateTable('sequences').set({ status }).where('id', '=', id).execute();
}

function wholeSecondIn(ms: number): Date {
  return new Date(Math.ceil((Date.now() + ms) / 1_000) * 1_000);
}

/** A figure counts only when every message was really taken. */
function complete(late: Lateness, people: number): Lateness {
  if (late.count !== people) throw new Error(`Only ${late.count} of ${people} were sent.`);
  return late;
}

async function refuseIfKept({ db }: Bench): Promise<void> {
  const { rows } = await sql`select from sandbox_deliveries limit 1`.execute(db);
  if (rows.length > 0) throw new Error('The sink kept a delivery: the channel that was measured is not the one without a wait.');
}

type Part = Exclude<keyof Lateness, 'count'>;

function all(name: string, late: Lateness, most: Partial<Record<Part, number>>): Figure[] {
  const parts: readonly Part[] = ['p50', 'p95', 'p99', 'max'];
  return parts.map((part) => figure(`${name}-${part}`, Math.round(late[part] * 1_000) / 1_000, 's late', most[part]));
}

function figure(name: string, value: number, unit: string, most: number | undefined): Figure {
  const target = most === undefined ? 'none: beside the others' : `at most ${most}`;
  return { name, value, unit, ratio: null, against: null, target, pass: most === undefined || value <= most };
}
