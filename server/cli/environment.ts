/** Completes `process.env` with what an installation decides by itself, before anything reads it. */
import { existsSync } from 'node:fs';
import { type Env, parseEnv } from '#server/platform/env.ts';
import { dataFolder, keptSecret } from './data-folder.ts';

/** Reads `.env`, keeps a secret where none is given, and reports all mistakes together.
 *  The embedded database is not up yet: `openDatabase` sets DATABASE_URL. */
export function prepareEnvironment(nodeEnv: 'production' | 'development'): Env {
  if (existsSync('.env')) process.loadEnvFile('.env');
  Object.assign(process.env, { NODE_ENV: process.env['NODE_ENV'] || nodeEnv });
  process.env['ANDANTE_SECRET'] ||= keptSecret(dataFolder(), 'secret');
  const parsed = parseEnv({ ...process.env, DATABASE_URL: process.env['DATABASE_URL'] || 'postgres://embedded' });
  process.env['ANDANTE_URL'] ||= parsed.ANDANTE_URL;
  return parsed;
}
