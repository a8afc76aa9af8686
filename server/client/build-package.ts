/** Builds the package `andante-client`: JavaScript for both module systems, and types that need nothing of this repository. */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { flattenRouterTypes } from './flatten-types.ts';

const run = promisify(execFile);

/** Builds below `<root>/.andante/client` and packs into `targetFolder`; answers the tarball's path. */
export async function buildClientPackage(root: string, targetFolder: string): Promise<string> {
  const folder = join(root, '.andante', 'client');
  const packageFolder = join(folder, 'package');
  const house = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as HousePackage;
  const router = await flattenRouterTypes(root, join(folder, 'types'));
  await rm(packageFolder, { recursive: true, force: true });
  await mkdir(packageFolder, { recursive: true });
  await writeDeclarations(packageFolder, router, await clientDeclarations(folder));
  await writeJavaScript(root, packageFolder);
  await writeFile(join(packageFolder, 'package.json'), `${JSON.stringify(manifest(house), null, 2)}\n`);
  await copyFile(join(root, 'LICENSE'), join(packageFolder, 'LICENSE')).catch(ignoreMissing);
  await copyFile(join(root, 'docs', 'guides', 'client.md'), join(packageFolder, 'README.md')).catch(ignoreMissing);
  return pack(packageFolder, targetFolder, house.version);
}

interface HousePackage {
  version: string;
  license: string;
  dependencies: Record<string, string>;
}

function manifest(house: HousePackage) {
  return {
    name: 'andante-client',
    version: house.version,
    description: 'Typed client for the API of Andante',
    license: house.license,
    type: 'module',
    main: './index.cjs',
    module: './index.js',
    types: './index.d.ts',
    exports: {
      '.': {
        import: { types: './index.d.ts', default: './index.js' },
        require: { types: './index.d.cts', default: './index.cjs' },
      },
    },
    files: ['*.js', '*.cjs', '*.d.ts', '*.d.cts', 'README.md', 'LICENSE'],
    sideEffects: false,
    engines: { node: '>=20' },
    dependencies: { '@trpc/client': house.dependencies['@trpc/client'], '@trpc/server': house.dependencies['@trpc/server'] },
  };
}

/** What the compiler printed for `server/client/index.ts`, with the API's type taken from the file beside it. */
async function clientDeclarations(folder: string): Promise<string> {
  const printed = await readFile(join(folder, 'types', 'out', 'server', 'client', 'index.d.ts'), 'utf8');
  const rewritten = printed.replace("'#server/api/root.ts'", "'./router.js'");
  if (/['"]#/.test(rewritten)) throw new Error('The declarations of the client name a module of this repository.');
  return rewritten;
}

async function writeDeclarations(packageFolder: string, router: string, client: string): Promise<void> {
  await writeFile(join(packageFolder, 'router.d.ts'), router);
  await writeFile(join(packageFolder, 'router.d.cts'), router);
  await writeFile(join(packageFolder, 'index.d.ts'), client);
  await writeFile(join(packageFolder, 'index.d.cts'), client.replace("'./router.js'", "'./router.cjs'"));
}

async function writeJavaScript(root: string, packageFolder: string): Promise<void> {
  for (const [format, extension] of [
    ['esm', 'js'],
    ['cjs', 'cjs'],
  ] as const) {
    await build({
      entryPoints: [join(root, 'server', 'client', 'index.ts')],
      outfile: join(packageFolder, `index.${extension}`),
      bundle: true,
      format,
      platform: 'neutral',
      target: 'es2022',
      external: ['@trpc/client'],
      logLevel: 'silent',
    });
  }
}

async function pack(packageFolder: string, targetFolder: string, version: string): Promise<string> {
  await mkdir(targetFolder, { recursive: true });
  await run('npm', ['pack', '--silent', '--pack-destination', targetFolder], { cwd: packageFolder, shell: process.platform === 'win32' });
  return join(targetFolder, `andante-client-${version}.tgz`);
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
