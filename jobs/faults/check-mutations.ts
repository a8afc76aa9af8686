/** Plants one fault after the other in a copy of the code, and runs a scenario there that must fail. */
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Mutation, mutations } from './mutations.ts';
import type { FaultResult } from './run-scenario.ts';

const copied = ['server', 'db', 'jobs', 'package.json'];
/** What a mutation breaks shows by chance, so it has some. */
const tries = 3;

/** Prints what caught each; true when all were caught. Throws when the text of a mutation does not stand in its file once. */
export async function checkMutations(seed: number): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'andante-mutations-'));
  try {
    for (const name of copied) await cp(name, join(folder, name), { recursive: true });
    await symlink(resolve('node_modules'), join(folder, 'node_modules'));
    let areAllCaught = true;
    for (const mutation of mutations) {
      const caught = await withMutation(folder, mutation, () => catchIt(folder, mutation, seed));
      areAllCaught &&= caught !== null;
      console.log(
        caught ? `caught      ${mutation.name}: ${caught}` : `NOT CAUGHT  ${mutation.name}, by ${mutation.scenario} (seed ${seed})`,
      );
    }
    return areAllCaught;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function withMutation<Result>(
  folder: string,
  { file, text, replacement, name }: Mutation,
  work: () => Promise<Result>,
): Promise<Result> {
  const path = join(folder, file);
  const whole = await readFile(path, 'utf8');
  const parts = whole.split(text);
  if (parts.length !== 2) throw new Error(`"${name}" looks for a text that stands ${parts.length - 1} times in ${file}.`);
  await writeFile(path, parts.join(replacement));
  try {
    return await work();
  } finally {
    await writeFile(path, whole);
  }
}

async function catchIt(folder: string, { scenario }: Mutation, seed: number): Promise<string | null> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const result = await runIn(folder, scenario, seed + attempt);
    if (result.wrong.length > 0) return `${scenario} (seed ${result.seed}) says ${result.wrong.join(', ')}`;
  }
  return null;
}

async function runIn(folder: string, scenario: string, seed: number): Promise<FaultResult> {
  const args = ['server/cli/faults.ts', '--short', '--json', '--only', scenario, '--seed', String(seed)];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString('utf8');
  });
  await new Promise((closed) => child.once('close', closed));
  const line = output.split('\n').find((one) => one.startsWith('{"fault"'));
  if (!line) throw new Error(`${scenario} gave no result: ${errors}`);
  return JSON.parse(line) as FaultResult;
}
