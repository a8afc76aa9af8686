/** Who runs the embedded database server, and where its files stand. PostgreSQL refuses to run as root; an ordinary user
 *  simply runs it. Root has two ways, tried in order. Source: docs/decisions/0003-embedded-database-as-root.md */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export interface ServerPlace {
  /** Put before every command of the server: empty, or what makes our root appear as somebody else. */
  readonly prefix: readonly string[];
  /** The account to switch to, where that is not our own. */
  readonly uid?: number;
  readonly gid?: number;
  /** Folder that holds `bin/postgres` and `bin/initdb`. */
  readonly binaries: string;
  readonly directory: string;
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

const noteName = 'database-place';
const sharedRoot = '/var/lib/andante';

/** Decides for data in `directory` (its parent exists) and the server installed in `binaries`.
 *  Throws a sentence that says what to do when no way works. */
export function chooseServerPlace(directory: string, binaries: string): ServerPlace {
  if (process.getuid?.() !== 0) return { prefix: [], binaries, directory };
  const kept = notedDirectory(directory);
  if (kept) return asDedicatedAccount(kept, binaries);
  const owner = existsSync(directory) ? statSync(directory) : null;
  if (owner && owner.uid !== 0) return asOwner({ uid: owner.uid, gid: owner.gid }, directory, binaries);
  return inNamespace(directory, binaries) ?? asDedicatedAccount(directory, binaries);
}

/** Root inside a user namespace of one: files stay root's own and nothing is opened up for others. */
function inNamespace(directory: string, binaries: string): ServerPlace | null {
  const name = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([, , uid]) => Number(uid) > 0 && Number(uid) < 65_000);
  if (!name) return null;
  const prefix = ['unshare', '--user', `--map-user=${name[2]}`, `--map-group=${name[3]}`, '--'];
  const place: ServerPlace = { prefix, binaries, directory };
  return canRun(place) && canWrite(place, dirname(directory)) ? place : null;
}

/** A system account for the server, with its files where that account can reach them. */
function asDedicatedAccount(directory: string, binaries: string): ServerPlace {
  const account = dedicatedAccount();
  const place = { prefix: [], ...account, binaries: reachableBinaries(account, binaries), directory };
  if (giveFolder(place)) return place;
  if (existsSync(join(directory, 'PG_VERSION'))) {
    throw new Error(
      `The database in ${directory} belongs to root, and the account that must run it cannot reach that folder. Move this folder to a place that every user may enter, such as /opt, or set DATABASE_URL to a PostgreSQL server of yours.`,
    );
  }
  const shared = join(sharedRoot, createHash('sha256').update(dirname(directory)).digest('hex').slice(0, 12));
  mkdirSync(shared, { recursive: true });
  chmodSync(sharedRoot, 0o755);
  chmodSync(shared, 0o755);
  const moved = { ...place, directory: join(shared, basename(directory)) };
  if (!giveFolder(moved)) {
    throw new Error(
      `PostgreSQL does not run as root, and its account cannot reach ${shared}. Start Andante as an ordinary user, or set DATABASE_URL to a PostgreSQL server of yours.`,
    );
  }
  writeFileSync(join(dirname(directory), noteName), `${moved.directory}\n`);
  return moved;
}

/** Data that belongs to somebody is served by its owner, who made it by starting Andante before root did. */
function asOwner(account: Account, directory: string, binaries: string): ServerPlace {
  const place = { prefix: [], ...account, binaries: reachableBinaries(account, binaries), directory };
  if (canWrite(place, directory)) return place;
  throw new Error(
    `The database in ${directory} belongs to user ${account.uid}, who cannot reach it. Start Andante as that user, or let everybody enter the folders above it (chmod o+x).`,
  );
}

/** Lets the account reach the folder of the data, and gives it what is there; false when folders above it are closed. */
function giveFolder(place: ServerPlace & Account): boolean {
  const parent = dirname(place.directory);
  const probe = `${place.directory}.reach`;
  chmodSync(parent, statSync(parent).mode | 0o011);
  mkdirSync(probe, { recursive: true });
  chownSync(probe, place.uid, place.gid);
  const reached = canWrite(place, probe);
  rmSync(probe, { recursive: true, force: true });
  if (reached && existsSync(place.directory)) chownTree(place.directory, place.uid, place.gid);
  return reached;
}

function canRun(place: ServerPlace): boolean {
  return succeeds(place, ['test', '-x', join(place.binaries, 'bin/postgres')]);
}

function canWrite(place: ServerPlace, folder: string): boolean {
  return succeeds(place, ['test', '-w', folder, '-a', '-x', folder]);
}

function succeeds(place: ServerPlace, test: readonly string[]): boolean {
  const [command = '', ...args] = [...place.prefix, ...test];
  return spawnSync(command, args, { uid: place.uid, gid: place.gid, cwd: '/', stdio: 'ignore' }).status === 0;
}

function dedicatedAccount(): Account {
  const found = accountNamed('andante') ?? accountNamed('postgres');
  if (found) return found;
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'andante'], { stdio: 'ignore' });
  const made = accountNamed('andante');
  if (made) return made;
  throw new Error(
    'PostgreSQL does not run as root, and no account could be made for it. Start Andante as an ordinary user, or run `useradd --system andante` first.',
  );
}

function accountNamed(name: string): Account | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((entry) => entry.split(':'))
    .find((entry) => entry[0] === name);
  return line ? { uid: Number(line[2]), gid: Number(line[3]) } : null;
}

/** The server where the account can run it: in place, else a copy that every account can read, made once per version. */
function reachableBinaries(account: Account, binaries: string): string {
  if (canRun({ prefix: [], ...account, binaries, directory: '/' })) return binaries;
  const version = readFileSync(join(dirname(binaries), 'package.json'), 'utf8');
  const target = join(sharedRoot, `server-${createHash('sha256').update(version).digest('hex').slice(0, 12)}`);
  if (!existsSync(join(target, 'bin/postgres'))) {
    mkdirSync(sharedRoot, { recursive: true, mode: 0o755 });
    cpSync(binaries, target, { recursive: true, verbatimSymlinks: true });
  }
  return target;
}

function notedDirectory(directory: string): string | null {
  const note = join(dirname(directory), noteName);
  return existsSync(note) ? readFileSync(note, 'utf8').trim() : null;
}

function chownTree(path: string, uid: number, gid: number): void {
  if (statSync(path).uid === uid) return;
  for (const name of readdirSync(path, { recursive: true, encoding: 'utf8' })) chownSync(join(path, name), uid, gid);
  chownSync(path, uid, gid);
}
