/** Brings the database of DATABASE_URL to the newest schema and makes the queues of pg-boss. */
import { createDb, createPool } from '#db/client.ts';
import { migrateToLatest } from '#db/migrate.ts';
import { createQueues } from '#jobs/queues/boss.ts';

const oldestServer = 150_000;

/** The names of the migrations that were missing. Throws a sentence when the server is too old. */
export async function migrateDatabase(url: string): Promise<string[]> {
  const pool = createPool(url, { max: 2, applicationName: 'andante-migrate' });
  const db = createDb(pool);
  try {
    const { rows } = await pool.query<{ number: number; name: string }>(
      `select current_setting('server_version_num')::int as number, current_setting('server_version') as name`,
    );
    const server = rows[0];
    if (!server || server.number < oldestServer) {
      throw new Error(`Andante needs PostgreSQL 15 or later; the server at DATABASE_URL is ${server?.name ?? 'unknown'}.`);
    }
    const applied = await migrateToLatest(db);
    await createQueues(url);
    return applied;
  } finally {
    await db.destroy();
  }
}
