/** `npm run build`: builds the dashboard for production. It reads no configuration, so that a build can go anywhere. */
import { buildApp } from './build-app.ts';
import { runCommand } from './failure.ts';

await runCommand(async () => {
  console.log('Building.');
  await buildApp({ force: true });
  console.log('Built into .next. Start it with `npm run web`, beside at least one `npm run worker`.');
});
