/** One fault from beginning to end: the world is made, sends, suffers, recovers, and is judged. */
import { closeAlarms, moveAlarmsTo } from '#jobs/queues/boss.ts';
import { startCrew } from './crew.ts';
import { patiently, until } from './patience.ts';
import { startProvider } from './provider-process.ts';
import { becomesQuiet } from './quiet.ts';
import { seededRandom } from './random.ts';
import type { FaultDatabase, RestartMode, Scenario } from './scenario.ts';
import { wallMs } from './trouble.ts';
import { judge, type Verdict } from './verdict.ts';
import { makeWorld, startOfWorld } from './world.ts';

export interface FaultResult extends Verdict {
  readonly fault: string;
  readonly seed: number;
  /** Workers that ended without being asked to. */
  readonly collapsed: number;
  readonly isQuiet: boolean;
  /** From the end of the fault to the next message that the provider took; null when none came. */
  readonly recoverySeconds: number | null;
  readonly quietSeconds: number;
  /** What is wrong, in words; nothing when all invariants hold. */
  readonly wrong: readonly string[];
}

export interface RunOptions {
  readonly seed: number;
  readonly isShort: boolean;
  readonly restartDatabase?: (how: RestartMode) => Promise<void>;
}

export async function runScenario(scenario: Scenario, database: FaultDatabase, options: RunOptions): Promise<FaultResult> {
  const { seed, isShort } = options;
  const restartDatabase = options.restartDatabase ?? (() => Promise.reject(new Error('This database server is not ours to restart.')));
  await database.setClock(startOfWorld);
  await moveAlarmsTo(database.url);
  const provider = await startProvider(seed);
  const crew = startCrew(database.url, scenario.workers);
  try {
    const world = await makeWorld(database.db, provider.port, isShort ? scenario.short : scenario.long);
    await until('the workers have signed on', () => crew.isSignedOn(database.db));
    const stage = { database, world, provider, crew, random: seededRandom(seed), isShort, restartDatabase };
    await scenario.prepare?.(stage);
    await world.enrolAll();
    const failures = await failuresOf(scenario.run(stage));
    const endedMs = wallMs();
    await provider.order({ kind: 'none' });
    crew.refill();
    const isQuiet = await becomesQuiet(database, world.workspaceId);
    const quietSeconds = (wallMs() - endedMs) / 1_000;
    const log = await provider.logged();
    const next = log.find(({ atMs }) => atMs > endedMs);
    const { verdict, wrong: broken } = await patiently(() => judge(database.db, world.workspaceId, log));
    const { count: collapsed, lastWords } = crew.collapsed;
    const wrong = [
      ...failures,
      ...broken,
      ...(isQuiet ? [] : ['it did not become quiet']),
      ...(collapsed === 0 ? [] : [`${collapsed} workers ended by themselves: ${lastWords}`]),
    ];
    const recoverySeconds = next ? (next.atMs - endedMs) / 1_000 : null;
    return { fault: scenario.name, seed, ...verdict, collapsed, isQuiet, recoverySeconds, quietSeconds, wrong };
  } finally {
    await crew.end();
    await provider.stop();
    await closeAlarms();
  }
}

/** What a scenario itself complains of; the world is judged all the same. */
function failuresOf(run: Promise<void>): Promise<string[]> {
  return run.then(
    () => [],
    (error: unknown) => [error instanceof Error ? error.message : String(error)],
  );
}
