/** `npm run migrate`: brings the database to the newest schema. */
import { prepareEnvironment } from './environment.ts';
import { runCommand } from './failure.ts';
import { migrateDatabase } from './migrate-database.ts';
import { openDatabase } from './open-database.ts';

await runCommand(async () => {
  prepareEnvironment('production');
  const database = await openDatabase();
  try {
    const applied = await migrateDatabase(database.url);
    console.log(applied.length ? `Applied: ${applied.join(', ')}.` : 'The schema is up to date.');
  } finally {
    await database.stop();
  }
});
