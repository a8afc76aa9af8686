/** This process's one database handle, made at the first use and kept across hot reloads. */
import { createDb, createPool, type Db } from '#db/client.ts';
import { env } from './env.ts';

const holder = globalThis as typeof globalThis & { andanteDb?: Db };

export function database(): Db {
  holder.andanteDb ??= createDb(
    createPool(env().DATABASE_URL, { testClock: env().ANDANTE_CLOCK === 'test', applicationName: 'andante-web' }),
  );
  return holder.andanteDb;
}
