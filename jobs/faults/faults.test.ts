import { expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { runScenario } from './run-scenario.ts';
import { backendsTerminated } from './scenarios/database.ts';
import { killed } from './scenarios/processes.ts';
import { resetAfterAcceptance } from './scenarios/provider.ts';

const database = useTestDatabase();

test.each([
  ['workers are killed five times in the middle of sending', killed],
  ['all connections to the database are cut five times', backendsTerminated],
  ['the provider takes messages and resets the connection', resetAfterAcceptance],
])('nothing is lost and nothing is sent twice while %s', { timeout: 180_000 }, async (_, scenario) => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const result = await runScenario(scenario, database, { seed, isShort: true });
  expect({ seed, wrong: result.wrong }).toEqual({ seed, wrong: [] });
  expect(result.sent).toBeGreaterThan(0);
});
