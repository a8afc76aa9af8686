/** `npm run db:sync`: writes `db/schema.gen.ts` and `db/schema.sql` from the migrations, on a database of its own.
 *  With `--check` it writes nothing and fails when they are stale. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createDb, createPool } from '#db/client.ts';
import { dumpSchema } from '#db/dump.ts';
import { migrateToLatest } from '#db/migrate.ts';
import { startEmbeddedDatabase } from './embedded-database.ts';

const targets = { types: 'db/schema.gen.ts', dump: 'db/schema.sql' };

const scratch = await mkdtemp(join(tmpdir(), 'andante-sync-'));
const server = await startEmbeddedDatabase({ directory: join(scratch, 'postgres'), settings: ['fsync=off'] });
try {
  const made = await generate(server.url);
  const stale: string[] = [];
  for (const [path, text] of made) {
    if ((await readFile(path, 'utf8').catch(() => '')) === text) continue;
    stale.push(path);
    if (!process.argv.includes('--check')) await writeFile(path, text);
  }
  report(stale);
} finally {
  await server.stop();
  await rm(scratch, { recursive: true, force: true });
}

async function generate(url: string): Promise<[path: string, text: string][]> {
  const db = createDb(createPool(url, { max: 1 }));
  try {
    await migrateToLatest(db);
    const types = join(scratch, 'schema.gen.ts');
    const options = ['--dialect', 'postgres', '--camel-case', '--type-mapping', '{"int8":"number"}', '--date-parser', 'string'];
    const codegen = ['node_modules/kysely-codegen/dist/cli/bin.js', ...options, '--exclude-pattern', 'kysely_*'];
    await promisify(execFile)(process.execPath, [...codegen, '--out-file', types, '--url', url]);
    return [
      [targets.types, await readFile(types, 'utf8')],
      [targets.dump, await dumpSchema(db)],
    ];
  } finally {
    await db.destroy();
  }
}

function report(stale: readonly string[]): void {
  if (stale.length === 0) {
    console.log('The generated schema is up to date.');
  } else if (process.argv.includes('--check')) {
    console.error(`Stale: ${stale.join(', ')}. Run \`npm run db:sync\` and commit the result.`);
    process.exitCode = 1;
  } else {
    console.log(`Written: ${stale.join(', ')}.`);
  }
}
