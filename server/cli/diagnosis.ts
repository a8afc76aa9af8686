/** What `npm run doctor` looks at. Each examination answers what it found and, where something is wrong, how to mend it. */
import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import pg from 'pg';
import { migrations } from '#db/migrations/index.ts';
import { type Env, parseEnv } from '#server/platform/env.ts';
import { isAppBuilt } from './build-app.ts';
import { dataFolder } from './data-folder.ts';
import { explainFailure } from './failure.ts';
import { requireFreePort } from './readiness.ts';

export interface Finding {
  readonly ok: boolean;
  readonly text: string;
}

const enoughBytes = 1024 ** 3;
const mostSkewSeconds = 5;
const oldestServer = 150_000;

export function examineEnvironment(): Finding {
  try {
    parseEnv({ ...process.env, DATABASE_URL: process.env['DATABASE_URL'] || 'postgres://embedded' });
    return good('The environment has no mistakes.');
  } catch (error) {
    return bad(explainFailure(error));
  }
}

export function examineFolder(): Finding {
  try {
    const folder = dataFolder();
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    const free = bavail * bsize;
    const gigabytes = `${(free / 1024 ** 3).toFixed(1)} GB`;
    return free < enoughBytes
      ? bad(`Only ${gigabytes} are free where ${folder} is. Free some space.`)
      : good(`${folder} can be written; ${gigabytes} are free.`);
  } catch (error) {
    return bad(explainFailure(error));
  }
}

export function examineBuild(): Finding {
  if (!existsSync('.next/BUILD_ID')) return good('The dashboard is not built yet; `npm start` and `npm run web` do that.');
  return isAppBuilt()
    ? good('The dashboard is built from the present sources.')
    : good('The sources changed since the last build; the next start builds.');
}

/** The port is free, or Andante itself answers there. */
export async function examineAddress(env: Env): Promise<Finding> {
  const address = `http://${env.ANDANTE_HOST}:${env.ANDANTE_PORT}`;
  const answer = await fetch(`${address}/api/health`, { signal: AbortSignal.timeout(3_000) }).catch(() => null);
  const body = (await answer?.json().catch(() => null)) as { ok?: boolean } | null;
  if (body?.ok === true) return good(`Andante answers at ${address}.`);
  if (body?.ok === false) return bad(`Andante answers at ${address}, but does not reach its database.`);
  try {
    await requireFreePort(env.ANDANTE_HOST, env.ANDANTE_PORT);
    return good(`Nothing runs at ${address}; the port is free.`);
  } catch (error) {
    return bad(explainFailure(error));
  }
}

/** Server, schema, queues, clock and workers, over one connection. */
export async function examineDatabase(url: string): Promise<Finding[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    return [await version(client), await schema(client), await clock(client), await workers(client)];
  } catch (error) {
    return [bad(explainFailure(error))];
  } finally {
    await client.end().catch(() => {});
  }
}

async function version(client: pg.Client): Promise<Finding> {
  const row = await one<{ number: number; name: string }>(
    client,
    `select current_setting('server_version_num')::int as number, split_part(current_setting('server_version'), ' ', 1) as name`,
  );
  return row.number < oldestServer
    ? bad(`PostgreSQL ${row.name} is too old: 15 or later is needed.`)
    : good(`PostgreSQL ${row.name} answers.`);
}

async function schema(client: pg.Client): Promise<Finding> {
  const tables = await one<{ migrated: boolean; queues: boolean }>(
    client,
    `select to_regclass('kysely_migration') is not null as migrated, to_regclass('pgboss.queue') is not null as queues`,
  );
  if (!tables.migrated || !tables.queues) return bad('The schema is missing. Run `npm run migrate`; `npm start` does it too.');
  const { rows } = await client.query<{ name: string }>('select name from kysely_migration');
  const applied = new Set(rows.map((row) => row.name));
  const missing = Object.keys(migrations).filter((name) => !applied.has(name));
  if (missing.length > 0) return bad(`The schema lacks ${missing.join(', ')}. Run \`npm run migrate\`.`);
  const unknown = [...applied].filter((name) => !(name in migrations));
  if (unknown.length > 0) return bad(`The database is newer than this version of Andante (${unknown.join(', ')}). Update the code.`);
  return good('The schema is up to date.');
}

async function clock(client: pg.Client): Promise<Finding> {
  const before = Date.now();
  const { seconds } = await one<{ seconds: number }>(client, 'select extract(epoch from clock_timestamp())::float8 as seconds');
  const skew = Math.abs(seconds - (before + Date.now()) / 2000);
  return skew > mostSkewSeconds
    ? bad(`The clocks of this machine and of the database differ by ${skew.toFixed(0)} s. Let both follow NTP.`)
    : good('The clocks of this machine and of the database agree.');
}

async function workers(client: pg.Client): Promise<Finding> {
  const { count, last } = await one<{ count: number; last: Date | null }>(
    client,
    `select count(*) filter (where seen_at > statement_timestamp() - interval '30 seconds')::int as count, max(seen_at) as last from workers`,
  );
  if (count > 0) return good(count === 1 ? 'One worker is running.' : `${count} workers are running.`);
  const seen = last ? `the last one was seen at ${last.toISOString()}` : 'none was ever seen';
  return good(`No worker is running (${seen}). \`npm start\` brings one; without one nothing is sent.`);
}

async function one<Row extends pg.QueryResultRow>(client: pg.Client, statement: string): Promise<Row> {
  const { rows } = await client.query<Row>(statement);
  if (!rows[0]) throw new Error('The database gave no answer.');
  return rows[0];
}

function good(text: string): Finding {
  return { ok: true, text };
}

function bad(text: string): Finding {
  return { ok: false, text };
}
