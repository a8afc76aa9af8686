/** Writes the type of the whole API as one declaration file that needs nothing of this repository.
 *
 *  The compiler has no programming interface, so it is asked in rounds: it prints the root router with all inputs and outputs
 *  spelled out, naming types of ours by `import("…").Name`; each such name is then assigned to a constant by a function that
 *  returns it member by member, which makes the compiler spell it out as well, until no name of ours is left. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface NamedType {
  /** The name in the written file; unique there. */
  readonly alias: string;
  readonly name: string;
  /** Absolute path of the module that declares it. */
  readonly module: string;
}

const ourImport = /import\("([.#][^"]+)"\)\.([A-Za-z0-9_]+)(<)?/g;
const maxRounds = 12;

/** Declarations of `AppRouter` and of every type that it names; the only imports left are of `@trpc/server`. */
export async function flattenRouterTypes(root: string, workFolder: string): Promise<string> {
  await rm(workFolder, { recursive: true, force: true });
  await mkdir(workFolder, { recursive: true });
  const outFolder = join(workFolder, 'out');
  const known = new Map<string, NamedType>();
  const spelled = new Map<string, string>();
  let router = '';
  for (let round = 0; round < maxRounds; round++) {
    const waiting = [...known.values()].filter((type) => !spelled.has(type.alias));
    if (round > 0 && waiting.length === 0) return compose(router, spelled);
    const surface = join(workFolder, 'surface.ts');
    await writeFile(surface, surfaceOf(root, workFolder, waiting));
    await emit(root, workFolder, outFolder);
    const printed = join(outFolder, relative(root, surface).replace(/\.ts$/, '.d.ts'));
    const declarations = constantsOf(await readFile(printed, 'utf8'));
    if (round === 0) {
      const rootModule = join(root, 'server', 'api', 'root.ts');
      const rootPrinted = join(outFolder, 'server', 'api', 'root.d.ts');
      const text = constantsOf(await readFile(rootPrinted, 'utf8')).get('appRouter');
      if (!text) throw new Error('The compiler printed no declaration of appRouter.');
      router = named(text, root, rootModule, known);
    }
    for (const type of waiting) {
      const text = declarations.get(type.alias);
      if (!text) throw new Error(`The compiler printed no declaration of ${type.name} (${type.module}).`);
      spelled.set(type.alias, named(unboxed(text), root, surface, known));
    }
  }
  throw new Error(`Types of the API name each other more than ${maxRounds} levels deep.`);
}

function surfaceOf(root: string, workFolder: string, types: readonly NamedType[]): string {
  const path = (module: string) => `./${relative(workFolder, module)}`;
  const constants = types.map((type) => `export const ${type.alias} = spell<import('${path(type.module)}').${type.name}>();`);
  return [
    `export type { AppRouter } from '${path(join(root, 'server', 'client', 'index.ts'))}';`,
    'type Spelled<T> = T extends readonly (infer Item)[] ? Item[] : T extends object ? { [K in keyof T]: T[K] } : { box: T };',
    'declare function spell<T>(): Spelled<T>;',
    ...constants,
  ].join('\n');
}

async function emit(root: string, workFolder: string, outFolder: string): Promise<void> {
  const config = join(workFolder, 'tsconfig.json');
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    incremental: false,
    noErrorTruncation: true,
    noUnusedLocals: false,
    plugins: [],
    rootDir: root,
    outDir: outFolder,
  };
  await writeFile(
    config,
    JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, include: [], files: [join(workFolder, 'surface.ts')] }),
  );
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  await run(process.execPath, [compiler, '-p', config], { cwd: root }).catch((error: { stdout?: string }) => {
    throw new Error(`The compiler refused the types of the API:\n${error.stdout ?? String(error)}`);
  });
}

/** `export declare const name: <type>;` by name. */
function constantsOf(declarations: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const part of declarations.split(/^export declare const /m).slice(1)) {
    const colon = part.indexOf(':');
    const end = part.search(/;\s*(\n(export|declare|import|type)\b|$)/);
    found.set(part.slice(0, colon).trim(), part.slice(colon + 1, end === -1 ? undefined : end).trim());
  }
  return found;
}

/** Members of a union that are no objects were printed in boxes, because the compiler prints a union by its name otherwise. */
function unboxed(text: string): string {
  return text.replace(/\{\s*box: ([^;{}]+);\s*\}/g, '$1');
}

/** Replaces imports of our modules by names in the written file, and notes the names that are new. `from`: the module that was printed. */
function named(text: string, root: string, from: string, known: Map<string, NamedType>): string {
  return text.replace(ourImport, (whole, specifier: string, name: string, generic?: string) => {
    if (name === 'ApiContext') return 'unknown';
    if (generic) throw new Error(`${name} is generic: the client package can only hold types without parameters (${whole}).`);
    const declaredIn = specifier.startsWith('#') ? join(root, specifier.slice(1)) : resolve(dirname(from), specifier);
    const key = `${declaredIn}#${name}`;
    const existing = known.get(key);
    if (existing) return existing.alias;
    const taken = new Set([...known.values()].map((type) => type.alias));
    let alias = name;
    for (let n = 2; taken.has(alias); n++) alias = `${name}${n}`;
    known.set(key, { alias, name, module: declaredIn });
    return alias;
  });
}

function compose(router: string, spelled: Map<string, string>): string {
  const types = [...spelled].map(([alias, text]) => `export type ${alias} = ${text};\n`);
  const { text, shape } = withErrorShape(router);
  return [
    '/** The type of the API, written by `npm run build:client`. */\n',
    ...types,
    `/** What an error carries. */\ntype ErrorShape = ${shape};\n`,
    `export type AppRouter = ${text};\n`,
  ].join('\n');
}

/** Names the one error shape, which stands at every procedure. */
function withErrorShape(router: string): { text: string; shape: string } {
  const label = 'errorShape: ';
  let shape = '';
  let text = '';
  let at = 0;
  for (;;) {
    const found = router.indexOf(`${label}{`, at);
    if (found === -1) return { text: text + router.slice(at), shape };
    const start = found + label.length;
    const end = closingBrace(router, start) + 1;
    const one = router.slice(start, end).replace(/\n\s*/g, '\n');
    if (shape !== '' && shape !== one) throw new Error('Procedures have different error shapes.');
    shape = one;
    text += `${router.slice(at, start)}ErrorShape`;
    at = end;
  }
}

function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '{') depth++;
    if (text[i] === '}' && --depth === 0) return i;
  }
  throw new Error('A brace is never closed.');
}
