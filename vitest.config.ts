import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
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
        },
      },
    ],
  },
});
