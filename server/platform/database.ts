/** This process's one database handle, made at the first use and kept across hot reloads. */
import { createDb, createPool, type Db } from '#db/client.ts';
import { env } from './env.ts';

const holder = globalThis as typeof globalThis & { andanteDb?: Db; andantePool?: ReturnType<typeof createPool> };

export function database(): Db {
  holder.andanteDb ??= createDb(pool());
  return holder.andanteDb;
}

/** Connections of this process's pool: open ones, those of them at rest, and callers that wait for one. */
export function poolCounts(): { readonly open: number; readonly idle: number; readonly waiting: number } {
  const { totalCount, idleCount, waitingCount } = pool();
  return { open: totalCount, idle: idleCount, waiting: waitingCount };
}

function pool(): ReturnType<typeof createPool> {
  holder.andantePool ??= createPool(env().DATABASE_URL, { testClock: env().ANDANTE_CLOCK === 'test', applicationName: 'andante-web' });
  return holder.andantePool;
}
