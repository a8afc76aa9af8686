/** The checks of `npm run check` and `npm test`: each is a program of the project's own, with its result as counts. */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

export interface Check {
  readonly name: string;
  run(): Promise<Counts>;
}

const modules = (path: string): string => join('node_modules', path);
const vitest = modules('vitest/vitest.mjs');
/** Tests start dozens of workers and commands: each of them finds compiled what the one before it compiled. */
const compiled = { NODE_COMPILE_CACHE: resolve(modules('.cache'), 'compiled') };

export const format: Check = single('format', modules('@biomejs/biome/bin/biome'), ['format', '.']);
export const lint: Check = single('lint', modules('oxlint/bin/oxlint'), ['--type-aware']);
export const schema: Check = single('generated files', 'server/cli/db-sync.ts', ['--check']);
export const unit: Check = testRun('unit tests', (report) => [vitest, 'run', '--project', 'unit', ...vitestReport(report)], vitestCounts);
export const integration: Check = testRun(
  'integration tests',
  (report) => [vitest, 'run', '--project', 'integration', ...vitestReport(report)],
  vitestCounts,
);
export const e2e: Check = testRun(
  'e2e tests',
  () => [modules('@playwright/test/cli.js'), 'test', '-c', 'e2e/playwright.config.ts'],
  playwrightCounts,
);

/** TypeScript's native compiler; the types of routes and styles are generated first. */
export const types: Check = {
  name: 'types',
  async run() {
    if ((await node(modules('next/dist/bin/next'), ['typegen'], {}, 'ignore')) !== 0) return { passed: 0, failed: 1 };
    return pass((await node(modules('typescript/bin/tsc'), ['-p', '.'])) === 0);
  },
};

function single(name: string, script: string, args: readonly string[]): Check {
  return { name, run: async () => pass((await node(script, args)) === 0) };
}

/** A test program that writes a JSON report to `report`. A run that fails without a failed test counts as one failure. */
function testRun(name: string, command: (report: string) => string[], count: (report: unknown) => Counts): Check {
  return {
    name,
    async run() {
      const report = join('test-results', `${name.replaceAll(' ', '-')}.json`);
      rmSync(report, { force: true });
      const [script = '', ...args] = command(report);
      const code = await node(script, args, { ANDANTE_TEST_REPORT: report });
      const counts = read(report, count);
      return code === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 };
    },
  };
}

function read(report: string, count: (report: unknown) => Counts): Counts {
  try {
    return count(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    return { passed: 0, failed: 1 };
  }
}

function vitestReport(report: string): string[] {
  return ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
}

function vitestCounts(report: unknown): Counts {
  const { numPassedTests, numFailedTests } = report as { numPassedTests: number; numFailedTests: number };
  return { passed: numPassedTests, failed: numFailedTests };
}

function playwrightCounts(report: unknown): Counts {
  const { stats } = report as { stats: { expected: number; unexpected: number; flaky: number } };
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
}

function pass(ok: boolean): Counts {
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function node(script: string, args: readonly string[], env: Record<string, string> = {}, output: 'inherit' | 'ignore' = 'inherit') {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    stdio: ['ignore', output, output],
    env: { ...compiled, ...process.env, ...env },
  });
  return new Promise<number>((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
