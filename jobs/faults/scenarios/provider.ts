/** Faults of the provider: slow, busy, rude. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Scenario } from '../scenario.ts';
import type { Trouble } from '../trouble.ts';

/** One account of five answers after seconds; the others must not wait for it. */
export const slowAccount: Scenario = {
  name: 'slow-account',
  workers: 2,
  long: { people: 300, ratePerSecond: 30 },
  short: { people: 60, ratePerSecond: 30 },
  async prepare({ provider, world }) {
    await provider.order({ kind: 'slow', delayMs: 2_000 }, world.accounts[0]?.from);
  },
  run: ({ isShort }) => pause(isShort ? 5_000 : 20_000),
};

export const busyForAWhile = underTrouble('busy-for-a-while', { kind: 'busy', share: 1 });
export const resetAfterAcceptance = underTrouble('reset-after-acceptance', { kind: 'reset', share: 0.2 });
export const garbageAnswered = underTrouble('garbage-answered', { kind: 'garbage', share: 0.2 });
export const recipientsRefused = underTrouble('recipients-refused', { kind: 'refuse', share: 0.2 });

function underTrouble(name: string, trouble: Trouble): Scenario {
  return {
    name,
    workers: 2,
    long: { people: 200, ratePerSecond: 20 },
    short: { people: 60, ratePerSecond: 20 },
    async prepare({ provider }) {
      await provider.order(trouble);
    },
    run: ({ isShort }) => pause(isShort ? 4_000 : 12_000),
  };
}
