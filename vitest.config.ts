import { defineConfig } from 'vitest/config';
import { SlowestFirst } from './db/testing/slowest-first.ts';

export default defineConfig({
  test: {
    // Tests wait for the database and for processes of their own half of the time: on every core one, also on a machine of two.
    maxWorkers: '100%',
    sequence: { sequencer: SlowestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['server/domain/**/*.test.ts', 'server/platform/house/*.test.ts', 'app/**/*.test.ts'],
          environment: 'node',
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{server,db,jobs}/**/*.test.ts'],
          exclude: ['server/domain/**', 'server/platform/house/**', 'node_modules/**'],
          globalSetup: ['db/testing/global-setup.ts'],
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Waiting ends with what is waited for: how soon that is, on a machine with other work, is no test's business.
          expect: { poll: { timeout: 30_000 } },
        },
      },
    ],
  },
});
