/** The one place that opens connections to PostgreSQL. `Db` runs statements; `Tx` is a transaction, and
 *  functions that lock or set alarms ask for it, so that calling them outside of one does not compile. */
import { CamelCasePlugin, Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import type { DB } from './schema.gen.ts';

export type Db = Kysely<DB>;
export type Tx = Transaction<DB>;

const INT8 = 20;
const DATE = 1082;
pg.types.setTypeParser(INT8, Number);
pg.types.setTypeParser(DATE, (value) => value);

export interface DatabaseOptions {
  /** Connections this process may hold. */
  readonly max?: number;
  /** Follow the movable clock of `docs/guides/operating.md` instead of real time. */
  readonly testClock?: boolean;
  readonly applicationName?: string;
}

/** A pool of connections. Every one is set to UTC, and to the test clock where that was asked for. */
export function createPool(connectionString: string, options: DatabaseOptions = {}): pg.Pool {
  // Probes of an index cost what they cost on solid state disks, or in memory.
  const settings = ['-c TimeZone=UTC -c random_page_cost=1.1', options.testClock ? '-c andante.clock=test' : ''].join(' ').trim();
  const pool = new pg.Pool({
    connectionString,
    max: options.max ?? 10,
    options: settings,
    application_name: options.applicationName ?? 'andante',
  });
  // An idle connection that breaks (the server restarts) is dropped by the pool; without a listener it would end the process.
  // The next statement opens a new one, or fails where somebody is listening.
  pool.on('error', () => {});
  // The same for one that breaks between two statements of a transaction: the next statement fails, and says so.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** Kysely over a pool: camelCase in TypeScript, snake_case in SQL, JSON left as it is stored. */
export function createDb(pool: pg.Pool): Db {
  return new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}
