/** Workers as processes of their own, for tests that kill them, stop them or watch them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import { afterEach } from 'vitest';
import type { TestDatabase } from '#db/testing/test-database.ts';
import { enrolContactsIn } from '#server/use-cases/enrolments/enrol-contacts-in.ts';
import { makeContacts, makeSequence, makeWorkspace, messageStep } from '#server/use-cases/engine/testing.ts';

const patienceMs = 120_000;

/** Call at the top of a test file: what it starts is gone after every test. */
export function useWorkerProcesses(database: TestDatabase): { start(): ChildProcess } {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });
  return {
    start() {
      const env = { ...process.env, DATABASE_URL: database.url, ANDANTE_CLOCK: 'test', ANDANTE_LOG_LEVEL: 'error' };
      const program = ['--disable-warning=ExperimentalWarning', 'jobs/worker.ts'];
      const child = spawn(process.execPath, program, { stdio: ['ignore', 'ignore', 'inherit'], env });
      children.push(child);
      return child;
    },
  };
}

export function exitCode(child: ChildProcess): Promise<number | null> {
  return new Promise((done) => child.once('exit', (code) => done(code)));
}

export async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const untilMs = performance.now() + patienceMs;
  while (!(await condition())) {
    if (performance.now() > untilMs) throw new Error(`Waited too long until ${what}.`);
    await pause(10);
  }
}

/** Counts that such tests watch. */
export function tallies(database: TestDatabase) {
  const count = async (from: RawBuilder<unknown>): Promise<number> => {
    const { rows } = await sql<{ count: number }>`select count(*) as count from ${from}`.execute(database.db);
    return rows[0]?.count ?? 0;
  };
  return {
    count,
    inState: (state: string) => count(sql`messages where state = ${state}`),
    arrived: () => count(sql`sandbox_deliveries`),
    due: () => count(sql`enrolments where ended_at is null and held_at is null and waiting_for = 'due'`),
    workers: () => count(sql`workers`),
  };
}

/** People whose first message is due in a minute, over a sandbox account of `ratePerSecond`. */
export async function makeBacklog(database: TestDatabase, people: number, ratePerSecond: number): Promise<void> {
  const at = await makeWorkspace(database.db, ratePerSecond);
  const timing = { kind: 'after', amount: 1, unit: 'minutes' } as const;
  const sequenceId = await makeSequence(database.db, at.workspaceId, { steps: [messageStep('a', at.accountId, timing)] });
  const contactIds = await makeContacts(database.db, at.workspaceId, people);
  await database.db.transaction().execute((tx) => enrolContactsIn(tx, at.actor, { sequenceId, contactIds, source: 'manual' }));
}
