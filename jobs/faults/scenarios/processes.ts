/** Faults of the workers themselves: killed, stopped, many of them. */
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../patience.ts';
import type { Scenario, Stage } from '../scenario.ts';

export const killed: Scenario = {
  name: 'killed',
  workers: 2,
  long: { people: 800, ratePerSecond: 20 },
  short: { people: 60, ratePerSecond: 20 },
  run: (stage) => killAgainAndAgain(stage, stage.isShort ? 5 : 50),
};

export const fourWorkers: Scenario = {
  name: 'four-workers',
  workers: 4,
  long: { people: 300, ratePerSecond: 30 },
  short: { people: 120, ratePerSecond: 30 },
  run: (stage) => killAgainAndAgain(stage, stage.isShort ? 2 : 10),
};

/** SIGTERM: each stops in order, with code 0. One that still starts has nothing in its hands, and is left to start. */
export const stopped: Scenario = {
  name: 'stopped',
  workers: 2,
  long: { people: 300, ratePerSecond: 30 },
  short: { people: 120, ratePerSecond: 30 },
  async run({ crew, database, random, isShort }) {
    for (let round = 0; round < (isShort ? 3 : 12); round++) {
      await until('all have signed on', () => crew.isSignedOn(database.db));
      await pause(random.between(500, 1_500));
      const code = await crew.stopOne(random);
      if (code !== 0) throw new Error(`A worker that was asked to stop ended with ${code}.`);
    }
  },
};

async function killAgainAndAgain({ crew, random }: Stage, times: number): Promise<void> {
  for (let round = 0; round < times; round++) {
    await pause(random.between(200, 2_000));
    await crew.killOne(random);
  }
}
