/** Importing a file of contacts and enrolling them: rows per second from parse to enrolled, and the memory of the worker that does it, beside bare
 *  COPY of the same rows into a table with the columns and indexes of contacts, in the same run. Two in a hundred rows are bad. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { getImport } from '#db/queries/imports.ts';
import { now } from '#server/platform/clock.ts';
import { createImport } from '#server/use-cases/imports/create-import.ts';
import { startImport } from '#server/use-cases/imports/start-import.ts';
import { storeUpload } from '#server/use-cases/imports/store-upload.ts';
import { type Bench, type Figure, perSecond, timed } from './figure.ts';
import { makePopulation, makeRunningSequence } from './population.ts';
import { startSinkWorker } from './worker-process.ts';

const rows = Number(process.env['BENCH_IMPORT_ROWS'] ?? 1_000_000);
const targetPerSecond = 25_000;
const targetMegabytes = 300;

export async function importCsv(bench: Bench): Promise<Figure[]> {
  const { db, connectionString } = bench;
  const population = await makePopulation(db, 0);
  const { actor } = population;
  const { workspaceId } = actor;
  const sequenceId = await makeRunningSequence(db, population);
  const copied = perSecond(rows, await timed(() => copyBare(connectionString, workspaceId)));
  const limits = { bytes: 1_000_000_000, ratio: 100 };
  const { uploadId } = await storeUpload(db, actor, { name: 'people.csv', bytes: file() }, limits);
  // Nobody's first step is due while this runs: only the import is measured.
  const startAt = new Date((await now(db)).getTime() + 86_400_000).toISOString();
  const { id } = await createImport(db, actor, { uploadId, options: { sequenceId, startAt } });
  const worker = await startSinkWorker(bench, process.env['BENCH_WORKER_FLAGS']?.split(' ') ?? []);
  const value = perSecond(
    rows,
    await timed(async () => {
      await startImport(db, actor, id);
      while (!(await getImport(db, workspaceId, id)).finishedAt) await pause(200);
    }),
  );
  const megabytes = (await worker.peakMegabytes()) ?? 0;
  await worker.stop();
  const { made } = await db
    .selectFrom('contacts')
    .select((eb) => eb.fn.countAll<number>().as('made'))
    .executeTakeFirstOrThrow();
  const { enrolled } = await db
    .selectFrom('enrolments')
    .select((eb) => eb.fn.countAll<number>().as('enrolled'))
    .executeTakeFirstOrThrow();
  const expected = rows - rows / 50;
  if (made !== expected || enrolled !== expected) throw new Error(`${made} contacts were made of ${rows} rows, and ${enrolled} enrolled.`);
  return [
    {
      name: 'import-csv',
      value,
      unit: 'rows/s',
      ratio: value / copied,
      against: `COPY into a table with the same indexes (${copied.toLocaleString('en')} rows/s)`,
      target: `at least ${targetPerSecond.toLocaleString('en')}`,
      pass: value >= targetPerSecond,
    },
    {
      name: 'import-csv-memory',
      value: megabytes,
      unit: 'MB',
      ratio: null,
      against: null,
      target: `at most ${targetMegabytes}`,
      pass: megabytes <= targetMegabytes,
    },
  ];
}

const cityOf = (n: number): string => (n % 3 ? 'São Paulo' : 'Recife');
const phoneOf = (n: number): string => String(60_000_000 + n);

async function* file(): AsyncGenerator<Uint8Array> {
  yield* encoded(
    'nome;celular;email;cidade;matrícula\r\n',
    (n) => `Pessoa Número ${n};${n % 50 === 49 ? '123' : `(11) 9${phoneOf(n)}`};p${n}@exemplo.com;${cityOf(n)};M-${n}\r\n`,
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
