/** The plans of the engine's hot statements, as the database makes them when the tables are large: a million enrolments due
 *  in one sequence, a hundred thousand sent in another. Written to `bench/plans/`, one file for each thing that a worker does. */
import { mkdir, writeFile } from 'node:fs/promises';
import { CamelCasePlugin, Kysely, PostgresDialect, sql } from 'kysely';
import { createPool, type Db } from '#db/client.ts';
import { findNextDueAt } from '#db/queries/due-enrolments.ts';
import type { DB } from '#db/schema.gen.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { advanceSequence } from '#server/use-cases/engine/advance-sequence.ts';
import { claimBatch } from '#server/use-cases/engine/claim-batch.ts';
import { createEngine, type Engine } from '#server/use-cases/engine/engine.ts';
import { settle } from '#server/use-cases/engine/settle.ts';
import { sweep } from '#server/use-cases/engine/sweep.ts';
import { createExplainingPool } from './explaining-pool.ts';
import type { Bench, Figure } from './figure.ts';
import { addContacts, enrolEveryone, makePopulation, makeRunningSequence } from './population.ts';

const sent = 100_000;
const due = 1_000_000;
const batchSize = 500;
const folder = new URL('./plans/', import.meta.url);
const accepted = { kind: 'accepted', providerId: 'bench' } as const;

export async function plans({ db, connectionString }: Bench): Promise<Figure[]> {
  const population = await makePopulation(db, sent);
  const { workspaceId } = population.actor;
  const justNow = `andante_now() - interval '1 second'`;
  const earlier = await makeRunningSequence(db, population);
  await enrolEveryone(db, population, earlier, justNow);
  await takeAll(sinkEngine(db), workspaceId, earlier);
  await addContacts(db, workspaceId, due - sent);
  const sequenceId = await makeRunningSequence(db, population);
  await enrolEveryone(db, population, sequenceId, justNow);
  await sql`vacuum analyze messages, enrolment_events, contacts`.execute(db);

  const pool = createPool(connectionString, { max: 4, applicationName: 'andante-plans' });
  const explaining = createExplainingPool(pool);
  const explained = new Kysely<DB>({
    dialect: new PostgresDialect({ pool: explaining }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  const write = async <Answer>(name: string, work: () => Promise<Answer>): Promise<Answer> => {
    explaining.taken();
    const answer = await work();
    await writeFile(new URL(`${name}.txt`, folder), explaining.taken().join('\n---\n\n'));
    return answer;
  };
  await mkdir(folder, { recursive: true });
  try {
    const engine = sinkEngine(explained);
    const of = { sequenceId, limit: batchSize, waiting: [] };
    const { outgoing } = await write('claim-batch', () => explained.transaction().execute((tx) => claimBatch(tx, engine, workspaceId, of)));
    if (outgoing.length !== batchSize) throw new Error(`Only ${outgoing.length} of ${batchSize} were claimed.`);
    const settled = outgoing.map((one) => ({ outgoing: one, result: accepted, at: new Date() }));
    await write('settle-accepted', () => settle(explained, workspaceId, settled));
    await write('find-next-due-at', () => findNextDueAt(explained, workspaceId, sequenceId));
    await write('sweep', () => sweep(explained));
  } finally {
    await pool.end();
  }
  return [];
}

function sinkEngine(db: Db): Engine {
  return createEngine(db, { senders: () => Promise.resolve({ send: () => Promise.resolve(accepted) }) });
}

async function takeAll(engine: Engine, workspaceId: WorkspaceId, sequenceId: string): Promise<void> {
  for (;;) {
    const dueAt = await findNextDueAt(engine.db, workspaceId, sequenceId);
    if (!dueAt || dueAt > new Date()) break;
    await advanceSequence(engine, workspaceId, sequenceId);
  }
  await engine.dispatcher.idle();
}
