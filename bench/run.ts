/** `npm run bench -- [NAME…] [--json]`: runs the named benchmarks (all without a name), each on a fresh database of the
 *  embedded server with its usual settings. With `--json`, one line per figure and nothing else. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createDb, createPool } from '#db/client.ts';
import { migrateToLatest } from '#db/migrate.ts';
import { closeAlarms, createQueues, moveAlarmsTo } from '#jobs/queues/boss.ts';
import { startEmbeddedDatabase } from '#server/cli/embedded-database.ts';
import type { Benchmark, Figure } from './figure.ts';

const benchmarks: Readonly<Record<string, () => Promise<Benchmark>>> = {
  'control-bulk': async () => (await import('./control-bulk.ts')).controlBulk,
  'enrol-bulk': async () => (await import('./enrol-bulk.ts')).enrolBulk,
  overviews: async () => (await import('./overviews.ts')).overviews,
  plan: async () => (await import('./plan.ts')).plan,
  'first-page': async () => (await import('./first-page.ts')).firstPage,
  'full-step': async () => (await import('./full-step.ts')).fullStep,
  'import-csv': async () => (await import('./import-csv.ts')).importCsv,
  'list-latency': async () => (await import('./list-latency.ts')).listLatency,
  plans: async () => (await import('./plans.ts')).plans,
  punctuality: async () => (await import('./punctuality.ts')).punctuality,
  simulate: async () => (await import('./simulate.ts')).simulation,
  'tick-idle': async () => (await import('./tick-idle.ts')).tickIdle,
};

/** Runs the benchmarks that `args` name. Answers whether every figure reached its target. */
export async function runBenchmarks(args: readonly string[]): Promise<boolean> {
  const asJson = args.includes('--json');
  const named = args.filter((arg) => !arg.startsWith('--'));
  const unknown = named.filter((name) => !(name in benchmarks));
  if (unknown.length > 0) throw new Error(`There is no benchmark ${unknown.join(', ')}. There are: ${Object.keys(benchmarks).join(', ')}.`);
  const directory = await mkdtemp(join(tmpdir(), 'andante-bench-'));
  const server = await startEmbeddedDatabase({ directory: join(directory, 'postgres') });
  // Hashes of addresses need a secret; nothing connects by this address.
  process.env['DATABASE_URL'] = server.url;
  process.env['ANDANTE_SECRET'] = randomBytes(24).toString('hex');
  let everyPass = true;
  try {
    for (const name of named.length > 0 ? named : Object.keys(benchmarks)) {
      const load = benchmarks[name];
      if (!load) continue;
      for (const figure of await runOne(server.url, name, await load())) {
        everyPass &&= figure.pass;
        console.log(asJson ? JSON.stringify(figure) : sentenceOf(figure));
      }
    }
  } finally {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
  return everyPass;
}

async function runOne(serverUrl: string, name: string, benchmark: Benchmark): Promise<Figure[]> {
  const database = `bench_${name.replaceAll('-', '_')}`;
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`create database ${database}`);
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  await moveAlarmsTo(url.href);
  const db = createDb(createPool(url.href, { max: 10, applicationName: 'andante-bench' }));
  try {
    await migrateToLatest(db);
    await createQueues(url.href);
    return await benchmark({ db, connectionString: url.href });
  } finally {
    await closeAlarms();
    await db.destroy();
    await admin.query(`drop database ${database} with (force)`);
    await admin.end();
  }
}

function sentenceOf({ name, value, unit, ratio, against, target, pass }: Figure): string {
  const held = ratio === null ? '' : `, ${ratio.toFixed(2)} × ${against}`;
  return `${pass ? 'reached' : 'missed '}  ${name}: ${value.toLocaleString('en')} ${unit}${held}  (target: ${target})`;
}
