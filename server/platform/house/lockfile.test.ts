import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Entry {
  readonly resolved?: string;
  readonly optionalDependencies?: Record<string, string>;
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Entry> };

test('the lockfile holds every optional package, so that npm ci works on every platform', () => {
  const missing = Object.entries(packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).filter((name) => !isHeld(path, name)),
  );
  expect(missing).toEqual([]);
});

test('the lockfile names no registry, so that everybody may use their own', () => {
  expect(Object.keys(packages).filter((path) => packages[path]?.resolved)).toEqual([]);
});

test('every version in package.json is exact', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>;
  const all = { ...manifest['dependencies'], ...manifest['devDependencies'] };
  expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

/** A package looks for `name` in its own node_modules, then in those above. */
function isHeld(path: string, name: string): boolean {
  if (packages[`${path ? `${path}/` : ''}node_modules/${name}`]) return true;
  return path === '' ? false : isHeld(path.slice(0, path.lastIndexOf('node_modules/')).replace(/\/$/, ''), name);
}
