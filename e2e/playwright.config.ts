/** The e2e tests: the built app, a real worker, the embedded database and the test clock, started by `npm start` itself. */
import { rmSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import { installation, prepareInstallation } from './installation.ts';

const isMain = process.env['TEST_WORKER_INDEX'] === undefined;
if (isMain) {
  await prepareInstallation();
  rmSync(installation().folder, { recursive: true, force: true });
}
const { folder, port, url } = installation();
const report = process.env['ANDANTE_TEST_REPORT'];
const executable = process.env['ANDANTE_CHROMIUM'];

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results/e2e',
  // One installation, one story: its specs follow each other and never race for the clock. What has an installation of its own
  // runs beside the beginning.
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ...(report ? ([['json', { outputFile: `../${report}` }]] as const) : [])],
  use: {
    baseURL: url,
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    locale: 'pt-BR',
    timezoneId: 'America/Sao_Paulo',
    viewport: { width: 1280, height: 800 },
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executable ? { executablePath: executable } : {}),
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
  projects: [
    { name: 'first run', testMatch: 'first-run.setup.ts', workers: 1 },
    { name: 'another installation', testMatch: 'restart.spec.ts', workers: 1 },
    {
      name: 'journeys',
      testMatch: '*.spec.ts',
      testIgnore: 'restart.spec.ts',
      workers: 1,
      dependencies: ['first run'],
      use: { storageState: installation().ownerState },
    },
  ],
  webServer: {
    command: `"${process.execPath}" --disable-warning=ExperimentalWarning server/cli/start.ts`,
    cwd: '..',
    url: `${url}/api/health`,
    // A first build on a busy machine takes minutes.
    timeout: 600_000,
    stdout: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 60_000 },
    env: {
      ANDANTE_DATA: folder,
      ANDANTE_PORT: String(port),
      ANDANTE_URL: url,
      ANDANTE_CLOCK: 'test',
      ANDANTE_CLOCK_FORCE: '1',
      ANDANTE_LOG_LEVEL: 'warn',
      DATABASE_URL: '',
      NODE_ENV: 'production',
    },
  },
});
