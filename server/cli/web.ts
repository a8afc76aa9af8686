/** `npm run web`: the web process alone, on the last build (made now when the sources changed). */
import { buildApp } from './build-app.ts';
import { runInForeground } from './foreground.ts';
import { requireFreePort } from './readiness.ts';

await runInForeground({
  nodeEnv: 'production',
  processes: ['web'],
  async prepare(env) {
    await requireFreePort(env.ANDANTE_HOST, env.ANDANTE_PORT);
    await buildApp();
  },
});
