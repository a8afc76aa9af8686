/** The folder with everything that one installation keeps outside of a database of its own: `.andante/`, or ANDANTE_DATA. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Absolute path of the folder; made when it is missing. */
export function dataFolder(): string {
  const folder = resolve(process.env['ANDANTE_DATA'] || '.andante');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** A secret made once and kept in `<folder>/<name>`, readable by its owner alone. */
export function keptSecret(folder: string, name: string): string {
  const file = join(folder, name);
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8').trim();
}
