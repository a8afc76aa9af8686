/** Builds the dashboard when its sources changed since the last build. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = ['app', 'server', 'db', 'jobs', 'public', 'proxy.ts', 'instrumentation.ts'];
const settings = ['next.config.js', 'postcss.config.mjs', 'tsconfig.json', 'package.json', 'package-lock.json'];
const stampFile = join('.next', 'andante-sources');

/** True when something had to be built. Throws with the end of the build's output when it fails. */
export async function buildApp(options: { force?: boolean; signal?: AbortSignal } = {}): Promise<boolean> {
  const stamp = sourceHash();
  if (stamp === lastBuild() && !options.force) return false;
  const output: string[] = [];
  const child = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.signal ? { signal: options.signal } : {}),
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk.toString('utf8')));
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`The build failed:\n${output.join('').slice(-4000)}`);
  writeFileSync(stampFile, stamp);
  return true;
}

/** True when the last build was made from the present sources. */
export function isAppBuilt(): boolean {
  return lastBuild() === sourceHash();
}

function lastBuild(): string {
  return existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
}

/** A hash over everything that goes into the build. */
function sourceHash(): string {
  const hash = createHash('sha256').update(process.version);
  for (const path of [...sources, ...settings].flatMap(filesUnder)) hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  if (settings.includes(path) || path.endsWith('.ts')) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
