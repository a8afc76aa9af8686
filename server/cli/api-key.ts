/** `npm run api-key -- --workspace W --role admin [--name N]`: makes an API key and prints it once.
 *  The key alone goes to standard output, so that a script can take it: `KEY=$(npm run --silent api-key -- …)`. */
import { parseArgs } from 'node:util';
import { createDb, createPool } from '#db/client.ts';
import { systemActor } from '#server/auth/actor.ts';
import { createApiKey, keyRoles } from '#server/use-cases/api-keys/create-api-key.ts';
import { prepareEnvironment } from './environment.ts';
import { runCommand } from './failure.ts';
import { findWorkspace } from './find-workspace.ts';
import { openDatabase } from './open-database.ts';

const usage = `Say for which workspace and with which role: npm run api-key -- --workspace my-team --role ${keyRoles.join('|')}`;

await runCommand(async () => {
  const { workspace, role: wanted, name } = readArguments();
  const role = keyRoles.find((one) => one === wanted);
  if (!workspace || !role) throw new Error(usage);
  const env = prepareEnvironment('production');
  const database = await openDatabase();
  const db = createDb(createPool(database.url, { max: 1, testClock: env.ANDANTE_CLOCK === 'test' }));
  try {
    const actor = systemActor(await findWorkspace(db, workspace));
    const { key } = await createApiKey(db, actor, { name: name ?? 'npm run api-key', role });
    console.error(`This ${role} key of "${workspace}" is shown only now. Send it as: Authorization: Bearer <key>`);
    console.log(key);
  } finally {
    await db.destroy();
    await database.stop();
  }
});

function readArguments(): { workspace?: string | undefined; role?: string | undefined; name?: string | undefined } {
  try {
    const options = { workspace: { type: 'string' }, role: { type: 'string', default: 'admin' }, name: { type: 'string' } } as const;
    return parseArgs({ options }).values;
  } catch {
    throw new Error(usage);
  }
}
