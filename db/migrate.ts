/** Brings a database to the newest schema. Running it twice changes nothing. */
import { Migrator } from 'kysely/migration';
import type { Db } from './client.ts';
import { migrations } from './migrations/index.ts';

/** Applies the migrations that are missing, all in one transaction, and answers their names.
 *  Throws what the database said when one fails; nothing is applied then. */
export async function migrateToLatest(db: Db): Promise<string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error, results } = await migrator.migrateToLatest();
  if (error) throw error;
  return (results ?? []).map((result) => result.migrationName);
}
