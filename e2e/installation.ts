/** The installation that the e2e tests run against: where its data is and how to look into its tables. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createDb, createPool, type Db } from '#db/client.ts';
import { findEmbeddedDatabase, freePort } from '#server/cli/embedded-database.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

export interface Installation {
  readonly folder: string;
  readonly port: number;
  readonly url: string;
  /** Cookies of the signed-in owner, written by the first run. */
  readonly ownerState: string;
}

/** Chooses the port; once, in the main process, whose environment the test workers inherit. */
export async function prepareInstallation(): Promise<void> {
  process.env['ANDANTE_PORT'] = String(await freePort());
}

export function installation(): Installation {
  const folder = join(root, '.andante', 'e2e');
  const port = Number(process.env['ANDANTE_PORT']);
  return { folder, port, url: `http://localhost:${port}`, ownerState: join(folder, 'owner.json') };
}

/** A connection to the installation's tables, on its clock. Destroy it when done. */
export function connect(): Db {
  const { folder } = installation();
  const found = findEmbeddedDatabase(join(folder, 'postgres'), readFileSync(join(folder, 'database-password'), 'utf8').trim());
  if (!found) throw new Error('The installation of the e2e tests is not running.');
  const url = new URL(found);
  url.pathname = '/andante';
  return createDb(createPool(url.href, { max: 2, testClock: true }));
}

/** `npm run clock -- …` of that installation: what is due in between has happened when it returns. */
export async function moveClock(...args: string[]): Promise<void> {
  const { folder } = installation();
  await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', 'server/cli/clock.ts', ...args], {
    cwd: root,
    env: { ...process.env, ANDANTE_DATA: folder, ANDANTE_CLOCK: 'test', ANDANTE_CLOCK_FORCE: '1', DATABASE_URL: '' },
    timeout: 100_000,
  });
}
