/** Installs what package-lock.json lists and node_modules lacks. Plain JavaScript: see run.js. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';

const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/** Path of the Node that the project pins (npm package `node`). @param {string} root */
export function pinnedNode(root) {
  return join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** Runs `npm ci` when something is missing or has another version. Throws a sentence that says what to do. @param {string} root */
export async function installMissing(root) {
  if (isInstalled(root)) return;
  console.log('Installing dependencies (npm ci). The first time takes a minute or two.');
  const code = await npmCi(root);
  if (code !== 0) {
    throw new Error(
      'The dependencies could not be installed; npm says why above. Check the network and the free disk space, then run the same command again.',
    );
  }
  if (!existsSync(pinnedNode(root))) {
    throw new Error(
      'npm did not run the install scripts of the dependencies. Run `npm rebuild --ignore-scripts=false`, then the same command again.',
    );
  }
}

/** npm notes in node_modules what it has put there; every package of the lockfile must be there in its version. @param {string} root */
function isInstalled(root) {
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (!installed || !existsSync(pinnedNode(root))) return false;
  const wanted = packagesOf(join(root, 'package-lock.json')) ?? {};
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    return installed[path] ? installed[path].version === entry.version : entry.optional || entry.devOptional || entry.peer;
  });
}

/** @param {string} file @returns {Record<string, {version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean}> | null} */
function packagesOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : null;
}

/** npm runs on the machine's own Node: the pinned one is in the folder that npm is about to replace. It has a process group of
 *  its own: on Ctrl-C npm would roll back for a minute, in the way of the next start, which begins anew in any case; so it
 *  is ended at once. @param {string} root */
function npmCi(root) {
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .join(delimiter);
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const child = spawn(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: path, NODE_ENV: 'development' },
  });
  /** @param {(typeof signals)[number]} signal */
  const end = (signal) => {
    if (child.pid && process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL');
    console.error('\nThe installation was stopped. The same command begins it again.');
    process.exit(128 + constants.signals[signal]);
  };
  for (const signal of signals) process.once(signal, end);
  return new Promise((resolve, reject) => {
    child.on('error', () =>
      reject(new Error('npm was not found. Install Node 20 or later, which brings npm, and run the same command again.')),
    );
    child.on('exit', (code) => {
      for (const signal of signals) process.off(signal, end);
      resolve(code ?? 1);
    });
  });
}
