/** `npm run seed -- [--workspace W] [--contacts N]`: fills a workspace with people who do not exist, the same ones every
 *  time. Their addresses are at example.com and their numbers are made up; who is there already is left alone. */
import { parseArgs } from 'node:util';
import { createDb, createPool } from '#db/client.ts';
import { systemActor } from '#server/auth/actor.ts';
import { prepareEnvironment } from './environment.ts';
import { runCommand } from './failure.ts';
import { findWorkspace } from './find-workspace.ts';
import { migrateDatabase } from './migrate-database.ts';
import { openDatabase } from './open-database.ts';
import { seedContacts } from './seed-contacts.ts';

const most = 2_000_000;
const sayEvery = 100_000;

await runCommand(async () => {
  const { workspace, contacts } = parseArgs({
    options: { workspace: { type: 'string' }, contacts: { type: 'string', default: '200' } },
  }).values;
  const wanted = Number(contacts);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > most) throw new Error(`--contacts takes a number from 1 to ${most}.`);
  const env = prepareEnvironment('production');
  const database = await openDatabase();
  const db = createDb(createPool(database.url, { max: 1, testClock: env.ANDANTE_CLOCK === 'test' }));
  try {
    await migrateDatabase(database.url);
    const { workspaceId } = systemActor(await findWorkspace(db, workspace));
    const made = await seedContacts(db, workspaceId, wanted, (done) => {
      if (done % sayEvery === 0 && done < wanted) console.log(`${done} of ${wanted}…`);
    });
    console.log(`${made} contacts made; ${wanted - made} were there already.`);
  } finally {
    await db.destroy();
    await database.stop();
  }
});
