/** `npm run build:client`: packs the typed client into a tarball that another project installs. */
import { join } from 'node:path';
import { buildClientPackage } from '#server/client/build-package.ts';
import { runCommand } from './failure.ts';

await runCommand(async () => {
  const root = join(import.meta.dirname, '..', '..');
  const tarball = await buildClientPackage(root, root);
  console.log(`Built ${tarball}\nIn another project: npm install ${tarball}\nHow to use it: docs/guides/client.md`);
});
