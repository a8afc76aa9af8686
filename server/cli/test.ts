/** `npm test`: everything that must hold. The last line is `N passed, N failed`. */
import { e2e, format, integration, lint, schema, types, unit, type Check } from './checks.ts';
import { findChromium } from './chromium.ts';
import { runChecks } from './run-checks.ts';

/** The browser is looked for first, so that a machine without one says so at once and not after minutes. */
const browser: Check = {
  name: 'browser',
  async run() {
    const found = await findChromium();
    if ('missing' in found) {
      console.error(found.missing);
      return { passed: 0, failed: 1 };
    }
    console.log(found.executable);
    process.env['ANDANTE_CHROMIUM'] = found.executable;
    return { passed: 0, failed: 0 };
  },
};

await runChecks([browser, format, lint, types, schema, unit, integration, e2e]);
