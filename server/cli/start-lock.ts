/** One `npm start` per data folder: a second one is told so, and a killed one is not in the way. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandOf } from './database-process.ts';

/** Takes the lock and answers how to give it back. Throws a sentence when another start is running. */
export function takeStartLock(folder: string): () => void {
  const file = join(folder, 'start.pid');
  const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (holder > 0 && holder !== process.pid && commandOf(holder).includes('start.ts')) {
    throw new Error(`Andante is already running here (process ${holder}). Stop it with Ctrl-C where it runs, or: kill ${holder}`);
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}
