/** `npm run build`: builds the dashboard for production. */
import { buildApp } from './build-app.ts';
import { prepareEnvironment } from './environment.ts';
import { runCommand } from './failure.ts';

await runCommand(async () => {
  prepareEnvironment('production');
  console.log('Building.');
  await buildApp({ force: true });
  console.log('Built into .next. Start it with `npm run web`, beside at least one `npm run worker`.');
});
