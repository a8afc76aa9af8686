/** `npm run dev`: the dashboard with hot reload, and a worker that starts again when its sources change. */
import { runInForeground } from './foreground.ts';
import { migrateDatabase } from './migrate-database.ts';
import { requireFreePort } from './readiness.ts';

await runInForeground({
  nodeEnv: 'development',
  processes: ['dev', 'watchedWorker'],
  async prepare(env) {
    await requireFreePort(env.ANDANTE_HOST, env.ANDANTE_PORT);
    await migrateDatabase(process.env['DATABASE_URL'] ?? '');
    console.log(`\n  Andante for developers: ${env.ANDANTE_URL}\n`);
  },
});
