/** What a command tells the person in front of it: one line a stage, with its time. */

/** Runs `work` under a line that names it; `work` answers what to say when it is done. */
export async function stage(name: string, work: () => Promise<string>): Promise<void> {
  const live = process.stdout.isTTY;
  if (live) process.stdout.write(`  … ${name}`);
  const startedAt = performance.now();
  try {
    const said = await work();
    const seconds = (performance.now() - startedAt) / 1000;
    process.stdout.write(`${live ? '\r\x1b[2K' : ''}  ✓ ${said} (${seconds.toFixed(1)} s)\n`);
  } catch (error) {
    process.stdout.write(`${live ? '\r\x1b[2K' : ''}  ✗ ${name}\n`);
    throw error;
  }
}
