/** Runs checks one after the other, all of them, and closes with the line `N passed, N failed`. */
import type { Check, Counts } from './checks.ts';

export async function runChecks(checks: readonly Check[]): Promise<void> {
  const results: (Counts & { name: string; seconds: number })[] = [];
  for (const check of checks) {
    console.log(`\n── ${check.name}`);
    const startedAt = performance.now();
    const counts = await check.run();
    results.push({ ...counts, name: check.name, seconds: (performance.now() - startedAt) / 1000 });
  }
  console.log('');
  for (const { name, passed, failed, seconds } of results) {
    console.log(`${failed ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed (${seconds.toFixed(0)} s)`);
  }
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
}
