/** Who may import whom: the table of docs/decisions/0001-folders-and-imports.md as data, and the search for violations. */
import { posix } from 'node:path';
import { isTest, type SourceFile } from './source-files.ts';

/** A part of the house, found by the longest matching folder. */
const areas = {
  domain: ['server/domain/'],
  useCases: ['server/use-cases/'],
  api: ['server/api/'],
  auth: ['server/auth/'],
  actor: ['server/auth/actor.ts'],
  channels: ['server/channels/'],
  client: ['server/client/'],
  platform: ['server/platform/'],
  basics: ['server/platform/errors.ts', 'server/platform/ids.ts'],
  house: ['server/platform/house/'],
  cli: ['server/cli/'],
  queries: ['db/queries/'],
  db: ['db/'],
  queues: ['jobs/queues/'],
  handlers: ['jobs/handlers/'],
  worker: ['jobs/'],
  app: ['app/'],
  e2e: ['e2e/'],
  bench: ['bench/'],
} as const;

type Area = keyof typeof areas;

interface Rule {
  readonly areas: readonly Area[];
  /** Areas of which only types may be imported. */
  readonly typesOf?: readonly Area[];
  /** Packages that may be imported; without it, all that are not kept for somebody else. */
  readonly packages?: readonly string[];
}

const everything = Object.keys(areas) as Area[];

/** `basics` (error codes, id schemas) and `actor` (who acts) are words that many areas share; they import next to nothing. */
const rules: Record<Area, Rule> = {
  domain: {
    areas: ['domain', 'basics'],
    packages: ['luxon', 'zod', 'liquidjs', 'libphonenumber-js', 'papaparse', 'chardet', 'date-holidays', 'ical.js'],
  },
  useCases: { areas: ['useCases', 'domain', 'queries', 'db', 'queues', 'channels', 'platform', 'basics', 'auth', 'actor'] },
  api: { areas: ['api', 'useCases', 'domain', 'auth', 'actor', 'queries', 'db', 'platform', 'basics'] },
  auth: { areas: ['auth', 'actor', 'useCases', 'domain', 'queries', 'db', 'platform', 'basics'], typesOf: ['api'] },
  actor: { areas: ['actor', 'basics', 'domain'] },
  channels: { areas: ['channels', 'domain', 'platform', 'basics'] },
  client: { areas: ['client', 'domain'], typesOf: ['api'] },
  platform: { areas: ['platform', 'basics', 'domain', 'db'] },
  basics: { areas: ['basics'], packages: ['zod'] },
  house: { areas: everything },
  cli: { areas: everything },
  queries: {
    areas: ['queries', 'domain', 'db', 'platform', 'basics', 'actor'],
    typesOf: ['channels'],
    packages: ['kysely', 'pg', 'pg-copy-streams', 'uuid', 'zod'],
  },
  db: { areas: ['db'], typesOf: ['domain'], packages: ['kysely', 'pg'] },
  queues: { areas: ['queues', 'domain', 'platform', 'basics', 'db'], packages: ['pg-boss', 'kysely', 'zod'] },
  handlers: { areas: ['handlers', 'queues', 'useCases', 'platform', 'basics', 'db', 'actor'], packages: ['zod', 'pg-boss'] },
  worker: { areas: ['worker', 'handlers', 'queues', 'useCases', 'platform', 'basics', 'db', 'actor', 'queries', 'channels'] },
  app: { areas: ['app', 'api', 'auth', 'actor', 'domain', 'platform', 'basics'], typesOf: ['useCases', 'channels', 'queries'] },
  e2e: { areas: everything },
  bench: { areas: everything },
};

/** Packages that only some areas may touch, so that each has one place where it is known. */
const keptPackages: Record<string, readonly Area[]> = {
  'pg-boss': ['queues', 'handlers', 'worker', 'cli', 'bench'],
  nodemailer: ['channels'],
  pg: ['db', 'queries', 'cli', 'worker', 'useCases', 'platform', 'e2e', 'bench'],
  next: ['app', 'auth', 'cli'],
  'next-auth': ['app', 'auth'],
  react: ['app'],
  '@trpc/server': ['api', 'app', 'client'],
  'prom-client': ['api'],
  luxon: ['domain', 'e2e', 'bench'],
  liquidjs: ['domain'],
};

/** What the browser gets: a component marked `use client`, and what it imports, touches nothing of the server but pure functions. */
const browserAreas: readonly Area[] = ['app', 'domain', 'basics', 'actor'];

export interface Violation {
  readonly file: string;
  readonly line: number;
  readonly sentence: string;
}

export function areaOf(path: string): Area | null {
  const found = everything
    .flatMap((area) => areas[area].map((folder) => ({ area, folder: folder as string })))
    .filter(({ folder }) => path.startsWith(folder))
    .toSorted((a, b) => b.folder.length - a.folder.length);
  return found[0]?.area ?? null;
}

/** Every import that the table does not allow. Tests may import what they set up, but domain tests stay pure. */
export function findViolations(files: readonly SourceFile[]): Violation[] {
  const browser = reachedByBrowser(files);
  return files.flatMap((file) => file.imports.flatMap((found) => judge(file, found, browser.has(file.path))));
}

function judge(file: SourceFile, found: SourceFile['imports'][number], inBrowser: boolean): Violation[] {
  const from = areaOf(file.path);
  if (!from) return [];
  const say = (sentence: string): Violation[] => [{ file: file.path, line: found.line, sentence }];
  const target = targetOf(file.path, found.specifier);
  if (target === null) return judgePackage(from, file.path, found, say);
  const to = areaOf(target);
  if (!to) return isConfiguration(target) ? [] : say(`imports ${target}, which no part of the house holds`);
  if (inBrowser && !found.typeOnly && !browserAreas.includes(to)) return say(`runs in the browser and imports ${to} (${target})`);
  const rule = rules[from];
  if (rule.areas.includes(to)) return [];
  if (found.typeOnly && rule.typesOf?.includes(to)) return [];
  if (isTest(file.path) && from !== 'domain') return [];
  return say(`${from} may not import ${to} (${target})`);
}

function judgePackage(from: Area, path: string, found: SourceFile['imports'][number], say: (sentence: string) => Violation[]): Violation[] {
  if (found.specifier.startsWith('node:') && from !== 'domain') return [];
  if (isTest(path)) return [];
  const name = packageOf(found.specifier);
  const allowed = rules[from].packages;
  if (allowed && !allowed.includes(name) && !found.specifier.startsWith('node:')) return say(`${from} may not import the package ${name}`);
  if (from === 'domain' && found.specifier.startsWith('node:')) return say(`domain is pure and may not import ${found.specifier}`);
  const keepers = keptPackages[name];
  if (keepers && !keepers.includes(from) && from !== 'house') return say(`${name} belongs to ${keepers.join(', ')}, not to ${from}`);
  return [];
}

function reachedByBrowser(files: readonly SourceFile[]): Set<string> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const reached = new Set<string>();
  const queue = files.filter((file) => file.path.startsWith('app/') && /^(\/\*[\s\S]*?\*\/|\/\/.*|\s)*['"]use client['"]/.test(file.text));
  for (let file = queue.pop(); file; file = queue.pop()) {
    if (reached.has(file.path)) continue;
    reached.add(file.path);
    for (const found of file.imports) {
      const next = found.typeOnly ? undefined : byPath.get(targetOf(file.path, found.specifier) ?? '');
      if (next?.path.startsWith('app/')) queue.push(next);
    }
  }
  return reached;
}

/** The path that a specifier names inside the repository; null for a package. */
export function targetOf(from: string, specifier: string): string | null {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier);
  return null;
}

function packageOf(specifier: string): string {
  const [first = '', second = ''] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

function isConfiguration(path: string): boolean {
  return !path.includes('/') || path.startsWith('docs/');
}
