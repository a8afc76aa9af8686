/** `npm run properties -- [--runs 100000] [--seed N]`: the property tests of time and simulation with as many cases as a night
 *  allows, and PostgreSQL's reading of them. Ends with the status of the tests; the seed that it prints repeats a run. */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from './failure.ts';

const most = 2 ** 31 - 1;
const files = ['properties.test', 'db/time-zones.test'];

await runCommand(async () => {
  const given = parseArgs({ options: { runs: { type: 'string', default: '100000' }, seed: { type: 'string' } } }).values;
  const runs = wholeNumber('--runs', given.runs, 1);
  const seed = given.seed === undefined ? randomInt(most) : wholeNumber('--seed', given.seed, 0);
  console.log(`${runs} cases a property. The same again: npm run properties -- --runs ${runs} --seed ${seed}`);
  const vitest = spawn(process.execPath, [join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--reporter=verbose', ...files], {
    stdio: 'inherit',
    env: { ...process.env, ANDANTE_PROPERTY_RUNS: String(runs), ANDANTE_PROPERTY_SEED: String(seed) },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => vitest.kill(signal));
  process.exitCode = await new Promise<number>((resolve, reject) => {
    vitest.once('error', reject);
    vitest.once('exit', (code) => resolve(code ?? 1));
  });
});

function wholeNumber(option: string, value: string, least: number): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < least || number > most) throw new Error(`${option} takes a number from ${least} to ${most}.`);
  return number;
}
