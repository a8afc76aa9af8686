/** `npm start`: database, schema, build, web and worker, until Ctrl-C. */
import type { ChildProcess } from 'node:child_process';
import type { Env } from '#server/platform/env.ts';
import { buildApp } from './build-app.ts';
import { dataFolder } from './data-folder.ts';
import { prepareEnvironment } from './environment.ts';
import { explainFailure } from './failure.ts';
import { migrateDatabase } from './migrate-database.ts';
import { openDatabase } from './open-database.ts';
import { type ProcessName, startProcess, stopProcess } from './processes.ts';
import { stage } from './progress.ts';
import { ownerFromEnvironment } from './owner.ts';
import { requireFreePort, waitUntilAnswering, waitUntilWorking } from './readiness.ts';
import { takeStartLock } from './start-lock.ts';

/** A process that ends sooner than this has a reason that starting it again will not mend. */
const shortLifeMs = 10_000;

const stopSignal = new AbortController();
/** What to do at the end, last started first. */
const atEnd: (() => unknown)[] = [];
const processes = new Map<ProcessName, ChildProcess>();
let ending: Promise<void> | undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
try {
  await start();
} catch (error) {
  if (!ending) console.error(`\n${explainFailure(error)}\n`);
  await end(1);
}

async function start(): Promise<void> {
  const env = prepareEnvironment('production');
  console.log('\n  Andante\n');
  const folder = dataFolder();
  atEnd.push(takeStartLock(folder));
  await requireFreePort(env.ANDANTE_HOST, env.ANDANTE_PORT);
  await stage('Database', async () => {
    const database = await openDatabase({ adopt: true });
    atEnd.push(() => database.stop());
    return database.origin === 'DATABASE_URL' ? 'The database of DATABASE_URL' : `Embedded PostgreSQL, data in ${folder}`;
  });
  await stage('Schema', async () => {
    const applied = await migrateDatabase(databaseUrl());
    return applied.length ? 'Schema brought up to date' : 'Schema is up to date';
  });
  const owner = await ownerFromEnvironment(env);
  if (owner) console.log(`  ✓ ${owner}`);
  await stage('Building the dashboard', async () =>
    (await buildApp({ signal: stopSignal.signal })) ? 'Dashboard built' : 'Dashboard is built already',
  );
  atEnd.push(() => Promise.all([...processes.values()].map((child) => stopProcess(child))));
  await stage('Web and worker', async () => {
    await Promise.all([waitUntilWorking(databaseUrl(), keepRunning('worker', env)), waitUntilAnswering(env, keepRunning('web', env))]);
    return 'Web and worker are running';
  });
  console.log(nextSteps(env, folder));
}

function keepRunning(name: ProcessName, env: Env): ChildProcess {
  const child = startProcess(name, env);
  processes.set(name, child);
  const startedAt = performance.now();
  child.once('exit', (code, signal) => {
    if (ending) return;
    const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
    if (performance.now() - startedAt < shortLifeMs) {
      console.error(`\nThe ${name} process ${how} right after its start; what it said stands above. \`npm run doctor\` may know more.\n`);
      void end(1);
    } else {
      console.error(`The ${name} process ${how}. Starting it again.`);
      keepRunning(name, env);
    }
  });
  return child;
}

function end(code: number): Promise<void> {
  ending ??= (async () => {
    stopSignal.abort();
    if (code === 0) console.log('\n  Stopping');
    for (const undo of atEnd.toReversed()) await undo();
    if (code === 0) console.log('  Stopped. Your data stays for the next start.\n');
    process.exit(code);
  })();
  return ending;
}

function databaseUrl(): string {
  return process.env['DATABASE_URL'] ?? '';
}

function nextSteps(env: Env, folder: string): string {
  return `
  Open  ${env.ANDANTE_URL}

  The first visit makes your workspace and your account; a checklist leads to the first message.
  (A primeira visita cria seu espaço e sua conta; uma lista leva à primeira mensagem.)

  Ctrl-C stops everything. The data stays in ${folder}.
  Configuration: docs/guides/configuration.md. Something wrong: npm run doctor.
`;
}
