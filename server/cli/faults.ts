/** `npm run faults -- [--only NAME] [--short] [--seed N] [--json] [--mutations]`: real workers, a real provider, and one fault after
 *  the other. Ends with 1 when an invariant of sending does not hold. `--mutations` plants faults in a copy of the code instead,
 *  and ends with 1 when one of them is not caught. */
import { randomBytes, randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { battery } from '#jobs/faults/battery.ts';
import { checkMutations } from '#jobs/faults/check-mutations.ts';
import { complaintsOf, tableOf } from '#jobs/faults/report.ts';
import { type FaultResult, runScenario } from '#jobs/faults/run-scenario.ts';
import { runCommand } from './failure.ts';
import { type FaultServer, startFaultServer } from './fault-server.ts';

const mostSeed = 2 ** 31 - 1;

await runCommand(async () => {
  const options = {
    only: { type: 'string', multiple: true },
    short: { type: 'boolean', default: false },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
    mutations: { type: 'boolean', default: false },
  } as const;
  const given = parseArgs({ options }).values;
  const seed = given.seed === undefined ? randomInt(mostSeed) : seedOf(given.seed);
  if (given.mutations) {
    process.exitCode = (await checkMutations(seed)) ? 0 : 1;
    return;
  }
  const chosen = given.only ? given.only.map(scenarioNamed) : battery;
  process.env['ANDANTE_SECRET'] = randomBytes(24).toString('hex');
  process.env['ANDANTE_CLOCK'] = 'test';
  if (!given.json) console.log(`The same again: npm run faults -- --seed ${seed}${given.short ? ' --short' : ''}`);
  // Leaving by `exit` takes the database server along; workers and provider go when we are gone.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  const server = await startFaultServer();
  try {
    const results: FaultResult[] = [];
    for (const scenario of chosen) {
      if (!given.json) console.log(`${scenario.name} …`);
      const result = await runOn(server, scenario, seed, given.short);
      results.push(result);
      if (given.json) console.log(JSON.stringify(result));
    }
    if (!given.json) console.log(`\n${tableOf(results)}`);
    const complaints = complaintsOf(results);
    for (const complaint of complaints) console.error(complaint);
    if (complaints.length > 0) process.exitCode = 1;
  } finally {
    await server.stop();
  }
});

function runOn(server: FaultServer, scenario: (typeof battery)[number], seed: number, isShort: boolean): Promise<FaultResult> {
  const name = `faults_${scenario.name.replaceAll('-', '_')}`;
  return server.withDatabase(name, (database) => {
    process.env['DATABASE_URL'] = database.url;
    return runScenario(scenario, database, { seed, isShort, restartDatabase: (how) => server.restart(how) });
  });
}

function scenarioNamed(name: string): (typeof battery)[number] {
  const found = battery.find((scenario) => scenario.name === name);
  if (!found) throw new Error(`There is no fault "${name}". There are: ${battery.map((scenario) => scenario.name).join(', ')}.`);
  return found;
}

function seedOf(value: string): number {
  const seed = Number(value);
  if (!Number.isInteger(seed) || seed < 0 || seed > mostSeed) throw new Error(`--seed takes a number from 0 to ${mostSeed}.`);
  return seed;
}
