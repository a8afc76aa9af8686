/** The package `andante-client`, used as a stranger uses it: packed, installed in another project, compiled, run. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { makeWorld } from '#server/api/authorisation/world.ts';
import { handleApiRequest } from '#server/api/http.ts';
import { buildClientPackage } from './build-package.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..', '..');
const database = useTestDatabase();
let project = '';
let server: Server;
let url = '';
let apiKey = '';

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'andante-client-'));
  const tarball = await buildClientPackage(root, project);
  await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'a-tool', private: true, type: 'module' }));
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball], { cwd: project });
  await mkdir(join(project, 'source'));
  server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const world = await makeWorld(database.db, 'tools');
  apiKey = (await world.api.apiKeys.create({ name: 'Tool', role: 'editor' })).key;
}, 300_000);

afterAll(async () => {
  server?.close();
  await rm(project, { recursive: true, force: true });
});

/** The API of this process, for one request. */
async function answer(incoming: import('node:http').IncomingMessage, outgoing: import('node:http').ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const request = new Request(new URL(incoming.url ?? '/', url), {
    method: incoming.method ?? 'GET',
    headers: Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]),
    ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
  });
  const response = await handleApiRequest(request, database.db);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
}

const right = `
import { type AndanteOutputs, createAndanteClient, isAndanteError } from 'andante-client';
const [url = '', apiKey = '', phone = ''] = process.argv.slice(2);
const client = createAndanteClient({ url, apiKey });
const contact = await client.contacts.create.mutate({ name: 'Ana', phone, tags: ['vip'] });
const page: AndanteOutputs['contacts']['list'] = await client.contacts.list.query({ search: 'ana', limit: 10 });
const id: string = contact.id;
let code: string | null = null;
try {
  await client.contacts.get.query({ id: '00000000-0000-7000-8000-000000000000' });
} catch (error) {
  if (isAndanteError(error)) code = error.data?.domain?.code ?? null;
}
console.log(JSON.stringify({ phone: contact.phone, found: page.items.some((item) => item.id === id), code }));
`;
const declareProcess = 'declare const process: { argv: string[] }; declare const console: { log(text: string): void };\n';

/** Complaints of the compiler, or the path of what it wrote. */
async function compile(source: string, options: Record<string, unknown>): Promise<string> {
  const name = `source-${crypto.randomUUID()}`;
  const folder = join(project, name);
  await mkdir(folder);
  await writeFile(join(folder, 'tool.ts'), declareProcess + source);
  const compilerOptions = {
    strict: true,
    target: 'es2022',
    lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'],
    types: [],
    outDir: folder,
    ...options,
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['tool.ts'] }));
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { stdout } = await run(process.execPath, [compiler, '-p', folder], { cwd: project }).catch((error: { stdout: string }) => error);
  // Without skipLibCheck, tRPC's own declarations ask for @types/node and @types/ws (docs/guides/client.md).
  const complaints = stdout.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('node_modules/@trpc/'));
  return complaints.join('\n') || join(folder, 'tool.js');
}

const settings = [
  { module: 'node16', moduleResolution: 'node16', skipLibCheck: false },
  { module: 'node16', moduleResolution: 'node16', skipLibCheck: true },
  { module: 'esnext', moduleResolution: 'bundler', skipLibCheck: false },
  { module: 'esnext', moduleResolution: 'bundler', skipLibCheck: true, exactOptionalPropertyTypes: true },
];

let calls = 0;

it.each(settings)('compiles and runs a right call with %o', async (options) => {
  const local = `98765-432${calls++}`;
  const compiled = await compile(right, options);
  expect(compiled).toMatch(/tool\.js$/);
  const { stdout } = await run(process.execPath, [compiled, url, apiKey, `(11) ${local}`], { cwd: project });
  expect(JSON.parse(stdout)).toEqual({ phone: `+5511${local.replace('-', '')}`, found: true, code: 'notFound' });
});

const client = "import { createAndanteClient } from 'andante-client';\nconst client = createAndanteClient({ url: '', apiKey: '' });\n";
const wrong = {
  'a field that does not exist': `${client}await client.contacts.create.mutate({ nam: 'Ana' });`,
  'a value of another type': `${client}await client.contacts.list.query({ limit: 'ten' });`,
  'a procedure that does not exist': `${client}await client.contacts.destroy.mutate({ id: '' });`,
  'an answer that has no such field': `${client}const { colour } = await client.workspace.get.query();\nconsole.log(colour);`,
  'a step without its content': `${client}await client.sequences.saveDraft.mutate({ id: '', definition: { zone: 'contact', window: null, calendarId: null, exitOnReply: 'no', goal: null, reentry: { policy: 'never', coolDownDays: 0 }, exclusivityGroup: null, steps: [{ key: 'a', type: 'message', timing: { kind: 'immediately' } }] } });`,
};

it.each(Object.entries(wrong))('does not compile %s', async (_what, source) => {
  expect(await compile(source, { module: 'node16', moduleResolution: 'node16' })).toMatch(/error TS2\d{3}/);
});

it('works from a CommonJS program as well', async () => {
  const program = join(project, 'program.cjs');
  const source = "const { createAndanteClient } = require('andante-client');\nconst [, , url, apiKey] = process.argv;\n";
  const call = 'createAndanteClient({ url, apiKey }).workspace.get.query().then((workspace) => console.log(workspace.slug));\n';
  await writeFile(program, source + call);
  const { stdout } = await run(process.execPath, [program, url, apiKey], { cwd: project });
  expect(stdout.trim()).toBe('tools');
});

it('names nothing of this repository', async () => {
  for (const file of ['router.d.ts', 'index.d.ts', 'index.js', 'index.cjs']) {
    const text = await readFile(join(project, 'node_modules', 'andante-client', file), 'utf8');
    const imports = [...text.matchAll(/(?:from|import\(|require\()\s*["']([^"']+)["']/g)].map((match) => match[1] ?? '');
    expect(imports.filter((name) => !['@trpc/client', '@trpc/server', './router.js', 'andante-client'].includes(name))).toEqual([]);
  }
});
