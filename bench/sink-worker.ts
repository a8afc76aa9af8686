/** The worker of `jobs/worker.ts` in a process of its own, whole, except that what the sandbox is given is taken at once and
 *  kept nowhere: the benchmarks' channel without a wait. */
import { registerHooks } from 'node:module';

const kept = '/sandbox-sink.ts';
const without = new URL('./no-sink.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) => next(specifier.endsWith(kept) ? without : specifier, context),
});

const { startWorker } = await import('#jobs/worker.ts');
const worker = await startWorker({ connectionString: process.env['DATABASE_URL'] ?? '', testClock: false });
process.once('SIGTERM', () => void worker.stop().finally(() => process.exit(0)));
