/** The project's own source files, parsed, for the tests that hold the house in order. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';

export interface Import {
  readonly specifier: string;
  /** Gone when the types are stripped. */
  readonly typeOnly: boolean;
  readonly line: number;
}

export interface SourceFile {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly program: Node;
  readonly imports: readonly Import[];
}

/** A node of the ESTree syntax tree, as far as these tests look at it. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly [property: string]: unknown;
}

const folders = ['app', 'server', 'db', 'jobs', 'e2e', 'bench'];

/** Every TypeScript and JavaScript file of the project's folders. */
export function sourceFiles(): SourceFile[] {
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path).replaceAll('\\', '/')))
    .filter((path) => /\.(ts|tsx|js|mjs)$/.test(path) && !path.endsWith('.gen.ts') && !path.endsWith('.d.ts'))
    .toSorted()
    .map((path) => parseSource(path, readFileSync(path, 'utf8')));
}

/** Parses one file's text; also used to plant a violation that is on no disk. */
export function parseSource(path: string, text: string): SourceFile {
  const { program, module, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  const line = (offset: number): number => text.slice(0, offset).split('\n').length;
  const imports: Import[] = module.staticImports.map((found) => ({
    specifier: found.moduleRequest.value,
    typeOnly:
      text.slice(found.start, found.start + 12) === 'import type ' ||
      (found.entries.length > 0 && found.entries.every((entry) => entry.isType)),
    line: line(found.start),
  }));
  for (const found of module.staticExports) {
    const from = found.entries.find((entry) => entry.moduleRequest)?.moduleRequest;
    if (from) imports.push({ specifier: from.value, typeOnly: found.entries.every((entry) => entry.isType), line: line(found.start) });
  }
  for (const found of module.dynamicImports) {
    const quoted = /^['"`]([^'"`$]+)['"`]$/.exec(text.slice(found.moduleRequest.start, found.moduleRequest.end));
    if (quoted?.[1]) imports.push({ specifier: quoted[1], typeOnly: false, line: line(found.start) });
  }
  return { path, text, program: program as unknown as Node, imports };
}

/** Calls `visit` for `node` and everything under it, with the way there (root first). */
export function walk(node: Node, visit: (node: Node, ancestors: readonly Node[]) => void, ancestors: readonly Node[] = []): void {
  visit(node, ancestors);
  const deeper = [...ancestors, node];
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) walk(child, visit, deeper);
    }
  }
}

export function lineOf(file: SourceFile, node: Node): number {
  return file.text.slice(0, node.start).split('\n').length;
}

/** A test is held to the rules for readers of code, not to those for its parts. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$|\/testing\/|\.testing\.ts$|\/fixtures\.ts$|\/oracle\.ts$/.test(path);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}
