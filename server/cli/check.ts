/** `npm run check`: what must hold before every commit, in under a minute. */
import { format, lint, schema, types, unit } from './checks.ts';
import { runChecks } from './run-checks.ts';

await runChecks([format, lint, types, schema, unit]);
