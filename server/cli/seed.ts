/** `npm run seed -- [--workspace W] [--contacts N]`: fills a workspace with people who do not exist, the same ones every
 *  time. Their addresses are at example.com and their numbers are made up; who is there already is left alone. */
import { parseArgs } from 'node:util';
import { createDb, createPool } from '#db/client.ts';
import { systemActor } from '#server/auth/actor.ts';
import { DomainError } from '#server/platform/errors.ts';
import { createContact } from '#server/use-cases/contacts/create-contact.ts';
import { prepareEnvironment } from './environment.ts';
import { runCommand } from './failure.ts';
import { findWorkspace } from './find-workspace.ts';
import { migrateDatabase } from './migrate-database.ts';
import { openDatabase } from './open-database.ts';
import { seedPerson } from './seed-person.ts';

const most = 100_000;

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
    const actor = systemActor(await findWorkspace(db, workspace));
    let made = 0;
    for (let number = 0; number < wanted; number++) {
      made += await createContact(db, actor, seedPerson(number)).then(() => 1, ignoreKnown);
    }
    console.log(`${made} contacts made; ${wanted - made} were there already.`);
  } finally {
    await db.destroy();
    await database.stop();
  }
});

function ignoreKnown(error: unknown): number {
  if (error instanceof DomainError && error.code === 'alreadyExists') return 0;
  throw error;
}
