/** Importing a file of contacts and enrolling them: rows per second from parse to enrolled, and the memory of the worker that does it, beside bare
 *  COPY of the same rows into a table with the columns and indexes of contacts, in the same run. Two in a hundred rows are bad. Then another
 *  file about the same people, which changes a field of each. Meanwhile others work: how long what they ask takes. BENCH_IMPORT_ROWS: how many. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { getImport, type ImportRow } from '#db/queries/imports.ts';
import { appRouter } from '#server/api/root.ts';
import { createCaller } from '#server/api/trpc.ts';
import type { Actor } from '#server/auth/actor.ts';
import { now } from '#server/platform/clock.ts';
import { createImport } from '#server/use-cases/imports/create-import.ts';
import { startImport } from '#server/use-cases/imports/start-import.ts';
import { storeUpload } from '#server/use-cases/imports/store-upload.ts';
import { type Bench, type Figure, p95, perSecond, timed } from './figure.ts';
import { makePopulation, makeRunningSequence } from './population.ts';
import { startSinkWorker, type WorkerProcess } from './worker-process.ts';

const rows = Number(process.env['BENCH_IMPORT_ROWS'] ?? 1_000_000);
const good = rows - rows / 50;
const targetPerSecond = 25_000;
const targetUpdatesPerSecond = 20_000;
const targetMegabytes = 300;
const mostMs = 200;

export async function importCsv(bench: Bench): Promise<Figure[]> {
  const { db, connectionString } = bench;
  const population = await makePopulation(db, 0);
  const { actor } = population;
  const sequenceId = await makeRunningSequence(db, population);
  const copied = perSecond(rows, await timed(() => copyBare(connectionString, actor.workspaceId)));
  const worker = await startSinkWorker(bench, process.env['BENCH_WORKER_FLAGS']?.split(' ') ?? []);
  // Nobody's first step is due while this runs: only the import is measured.
  const startAt = new Date((await now(db)).getTime() + 86_400_000).toISOString();
  const others = askMeanwhile(db, actor, sequenceId);
  const made = await imported(db, actor, file(cityOf), { sequenceId, startAt });
  const waited = await others.stop();
  const changed = await imported(db, actor, file(otherCityOf), {});
  const megabytes = await stopped(worker);
  const { created, enrolled } = made.done.counts;
  if (created !== good || enrolled !== good) throw new Error(`${created} contacts were made of ${rows} rows, and ${enrolled} enrolled.`);
  const { updated } = changed.done.counts;
  if (updated !== good) throw new Error(`${updated} contacts were changed by ${rows} rows.`);
  const against = `COPY into a table with the same indexes (${copied.toLocaleString('en')} rows/s)`;
  const speed = (name: string, value: number, target: number): Figure => ({
    name,
    value,
    unit: 'rows/s',
    ratio: value / copied,
    against,
    target: `at least ${target.toLocaleString('en')}`,
    pass: value >= target,
  });
  return [
    speed('import-csv', made.rowsPerSecond, targetPerSecond),
    speed('import-csv-update', changed.rowsPerSecond, targetUpdatesPerSecond),
    atMost('import-csv-memory', megabytes, 'MB', targetMegabytes),
    ...[...waited].map(([name, milliseconds]) => atMost(`import-csv, meanwhile: ${name}`, p95(milliseconds), 'ms (p95)', mostMs)),
  ];
}

function atMost(name: string, value: number, unit: string, most: number): Figure {
  return { name, value, unit, ratio: null, against: null, target: `at most ${most}`, pass: value <= most };
}

async function imported(
  db: Bench['db'],
  actor: Actor,
  bytes: AsyncIterable<Uint8Array>,
  options: { readonly sequenceId?: string; readonly startAt?: string },
): Promise<{ readonly rowsPerSecond: number; readonly done: ImportRow }> {
  const { uploadId } = await storeUpload(db, actor, { name: 'people.csv', bytes }, { bytes: 1_000_000_000, ratio: 100 });
  const { id } = await createImport(db, actor, { uploadId, options });
  const tookMs = await timed(async () => {
    await startImport(db, actor, id);
    while (!(await getImport(db, actor.workspaceId, id)).finishedAt) await pause(200);
  });
  return { rowsPerSecond: perSecond(rows, tookMs), done: await getImport(db, actor.workspaceId, id) };
}

async function stopped(worker: WorkerProcess): Promise<number> {
  const megabytes = (await worker.peakMegabytes()) ?? 0;
  await worker.stop();
  return megabytes;
}

/** Asks one thing after the other, a few a second, until it is stopped; answers how many milliseconds each took. */
function askMeanwhile(db: Bench['db'], actor: Actor, sequenceId: string) {
  const api = createCaller(appRouter)({ db, actor });
  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    'contacts.list': () => api.contacts.list(),
    'contacts.list with a search': () => api.contacts.list({ search: `p${Math.floor(Math.random() * rows)}@exemplo.com` }),
    'contacts.list by name': () => api.contacts.list({ sort: 'name' }),
    'enrolments.list': () => api.enrolments.list({ sequenceId }),
    'sequences.get': () => api.sequences.get({ id: sequenceId }),
    'imports.list': () => api.imports.list(),
  };
  const took = new Map(Object.keys(calls).map((name) => [name, [] as number[]]));
  const enough = new AbortController();
  const asking = (async () => {
    while (!enough.signal.aborted) {
      for (const [name, call] of Object.entries(calls)) {
        took.get(name)?.push(await timed(call));
        await pause(150);
      }
    }
  })();
  return {
    async stop() {
      enough.abort();
      await asking;
      return took;
    },
  };
}

const cityOf = (n: number): string => (n % 3 ? 'São Paulo' : 'Recife');
const otherCityOf = (n: number): string => (n % 3 ? 'Olinda' : 'Santos');
const phoneOf = (n: number): string => String(60_000_000 + n);

async function* file(city: (n: number) => string): AsyncGenerator<Uint8Array> {
  yield* encoded(
    'nome;celular;email;cidade;matrícula\r\n',
    (n) => `Pessoa Número ${n};${n % 50 === 49 ? '123' : `(11) 9${phoneOf(n)}`};p${n}@exemplo.com;${city(n)};M-${n}\r\n`,
  );
}

async function* encoded(head: string, line: (n: number) => string): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(head);
  for (let start = 0; start < rows; start += 5_000) {
    yield encoder.encode(Array.from({ length: 5_000 }, (_, n) => line(start + n)).join(''));
  }
}

async function copyBare(connectionString: string, workspaceId: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query('create table copied (like contacts including all)');
    const lines = encoded(
      '',
      (n) =>
        `${workspaceId}\tPessoa Número ${n}\t+55119${phoneOf(n)}\tp${n}@exemplo.com\tM-${n}\tAmerica/Sao_Paulo\tphone\t{"cidade":"${cityOf(n)}"}\n`,
    );
    const columns = 'workspace_id, name, phone, email, external_id, time_zone, time_zone_origin, fields';
    const target = client.query(copyFrom(`copy copied (${columns}) from stdin`));
    await pipeline(Readable.from(lines), target);
    await client.query('drop table copied');
  } finally {
    await client.end();
  }
}
