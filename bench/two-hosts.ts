/** One burst, two worker hosts: what `two-hosts.sh` runs once its networks stand. Arguments: the address for the database, the
 *  subnet that may reach it, the network namespaces of the hosts. Ends with 1 when a step was sent twice or not at all. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { createDb, createPool, type Db } from '#db/client.ts';
import { closeAlarms, moveAlarmsTo } from '#jobs/queues/boss.ts';
import { sandboxAdapter } from '#server/channels/sandbox/adapter.ts';
import { startEmbeddedDatabase } from '#server/cli/embedded-database.ts';
import { migrateDatabase } from '#server/cli/migrate-database.ts';
import { enrolDue, untilTaken } from './due.ts';
import { makePopulation, makeRunningSequence } from './population.ts';
import { isExactlyOnce, printSharing } from './sharing.ts';

const people = Number(process.env['PEOPLE'] ?? 20_000);
const ratePerSecond = Number(process.env['RATE'] ?? sandboxAdapter.defaultRatePerSecond);
const leadMs = 15_000;
const [address = '', subnet = '', ...hosts] = process.argv.slice(2);

const directory = await mkdtemp(join(tmpdir(), 'andante-two-hosts-'));
const password = randomBytes(16).toString('hex');
const settings = [`listen_addresses=127.0.0.1,${address}`];
const server = await startEmbeddedDatabase({ directory: join(directory, 'postgres'), password, settings });
const workers: ChildProcess[] = [];
/** Ctrl-C reaches this process as well as the script, whose SIGTERM comes after it. */
const interrupted = new Promise<never>((_, fail) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => fail(new Error('The run was stopped.')));
});
let isRight = false;
try {
  await migrateDatabase(server.url);
  await moveAlarmsTo(server.url);
  const db = createDb(createPool(server.url, { max: 4, applicationName: 'andante-bench' }));
  isRight = await Promise.race([shareBurst(db).finally(() => db.destroy()), interrupted]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
} finally {
  await Promise.all(workers.map(ended));
  await closeAlarms();
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}
process.exit(isRight ? 0 : 1);

async function shareBurst(db: Db): Promise<boolean> {
  await admitSubnet(db);
  const population = await makePopulation(db, people);
  await db.updateTable('channelAccounts').set({ ratePerSecond }).where('id', '=', population.accountId).execute();
  const sequenceId = await makeRunningSequence(db, population);
  // The database itself notes from which address a row was written: who claimed, and whose sandbox took the message.
  await sql`alter table messages add column written_from inet default inet_client_addr()`.execute(db);
  await sql`alter table sandbox_deliveries add column written_from inet default inet_client_addr()`.execute(db);
  workers.push(...hosts.map(startWorker));
  await untilAllSignedOn(db);
  const from = new Date(Date.now() + leadMs);
  await enrolDue(db, population, { sequenceIds: [sequenceId], people, from, seconds: 1 });
  await untilTaken(db, population, [sequenceId], 300_000);
  await printSharing(db, people);
  return isExactlyOnce(db, people);
}

/** The embedded server admits 127.0.0.1 alone; hosts of the subnet come in with the password. */
async function admitSubnet(db: Db): Promise<void> {
  const { rows } = await sql<{ hbaFile: string }>`select current_setting('hba_file') as hba_file`.execute(db);
  await appendFile(rows[0]?.hbaFile ?? '', `host all andante ${subnet} scram-sha-256\n`);
  await sql`select pg_reload_conf()`.execute(db);
}

function startWorker(host: string): ChildProcess {
  const url = new URL(server.url);
  url.hostname = address;
  const env = { ...process.env, DATABASE_URL: url.href, ANDANTE_SECRET: randomBytes(24).toString('hex'), ANDANTE_LOG_LEVEL: 'warn' };
  const command = ['netns', 'exec', host, process.execPath, '--disable-warning=ExperimentalWarning', 'jobs/worker.ts'];
  return spawn('ip', command, { stdio: ['ignore', 'inherit', 'inherit'], env });
}

async function untilAllSignedOn(db: Db): Promise<void> {
  for (;;) {
    const ended = workers.find(({ exitCode }) => exitCode !== null);
    if (ended) throw new Error(`A worker ended with ${ended.exitCode} before it had signed on.`);
    const { rows } = await sql`select from workers`.execute(db);
    if (rows.length === hosts.length) return;
    await pause(100);
  }
}

async function ended(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const exit = new Promise<void>((done) => worker.once('exit', () => done()));
  worker.kill('SIGTERM');
  await exit;
}
