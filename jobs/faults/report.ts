/** The results as a table, a line a fault. */
import type { FaultResult } from './run-scenario.ts';

const columns: readonly [heading: string, cell: (result: FaultResult) => string | number][] = [
  ['fault', ({ fault }) => fault],
  ['sent', ({ sent }) => sent],
  ['duplicates', ({ duplicates }) => duplicates],
  ['lost', ({ lost }) => lost],
  ['unknown', ({ unknown }) => unknown],
  ['outside window', ({ outside }) => outside],
  ['after stop', ({ afterStop }) => afterStop],
  ['early', ({ early }) => early],
  ['unlogged', ({ unlogged }) => unlogged],
  ['unowned', ({ unowned }) => unowned],
  ['stranded', ({ stranded }) => stranded],
  ['next sent', ({ recoverySeconds }) => (recoverySeconds === null ? '-' : `${recoverySeconds.toFixed(1)} s`)],
  ['quiet', ({ isQuiet, quietSeconds }) => (isQuiet ? `${quietSeconds.toFixed(1)} s` : 'never')],
  ['seed', ({ seed }) => seed],
  ['', ({ wrong }) => (wrong.length === 0 ? 'ok' : 'FAILED')],
];

export function tableOf(results: readonly FaultResult[]): string {
  const rows = [columns.map(([heading]) => heading), ...results.map((result) => columns.map(([, cell]) => String(cell(result))))];
  const widths = columns.map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  const aligned = (text: string, index: number): string =>
    index === 0 || index === columns.length - 1 ? text.padEnd(widths[index] ?? 0) : text.padStart(widths[index] ?? 0);
  return rows.map((row) => row.map(aligned).join('  ').trimEnd()).join('\n');
}

export function complaintsOf(results: readonly FaultResult[]): string[] {
  return results.flatMap(({ fault, seed, wrong }) => wrong.map((sentence) => `${fault} (seed ${seed}): ${sentence}`));
}
