/** Runs one of Andante's commands: `node server/cli/run.js <command> [arguments]`.
 *  Plain JavaScript for Node 20 or later, because it also runs before anything is installed: it installs what is missing,
 *  then hands over to `server/cli/<command>.ts` on the Node that the project pins. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installMissing, pinnedNode } from './install.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
process.chdir(root);

const [command = '', ...rest] = process.argv.slice(2);
const script = join(root, 'server', 'cli', `${command}.ts`);
if (!/^[a-z-]+$/.test(command) || !existsSync(script)) fail(`There is no command "${command}".`);
if (Number(process.versions.node.split('.')[0]) < 20) fail(`Andante needs Node 20 or later; this is ${process.version}.`);

try {
  await installMissing(root);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
const child = spawn(pinnedNode(root), ['--disable-warning=ExperimentalWarning', script, ...rest], { stdio: 'inherit' });
// A terminal sends Ctrl-C to the child as well; a process manager sends its signal only to us.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
process.on('SIGHUP', () => child.kill('SIGHUP'));
if (process.env.npm_lifecycle_event) stopWithNpm();
child.on('error', (error) => fail(error.message));
child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));

/** npm does not hand on a SIGTERM of its own: when it is gone, so are we. */
function stopWithNpm() {
  const npm = process.ppid;
  setInterval(() => process.ppid !== npm && child.kill('SIGTERM'), 500).unref();
}

/** @param {string} sentence */
function fail(sentence) {
  console.error(`\n${sentence}\n`);
  process.exit(1);
}
