/** `npm run bench -- [NAME…] [--json]`: see `bench/run.ts`. Figures are printed as they are; a missed target is not an error. */
import { runBenchmarks } from '../../bench/run.ts';

await runBenchmarks(process.argv.slice(2));
process.exit(0);
