/** pg-boss as this product uses it: its own small pool beside ours, in the schema `pgboss` of the same database. */
import { type ConstructorOptions, type Job, PgBoss } from 'pg-boss';
import { env } from '#server/platform/env.ts';
import { log } from '#server/platform/log.ts';
import { queueNames, queues } from './catalogue.ts';

export type { Job, PgBoss };

/** An instance that only sends: no maintenance, no schema changes. Not started yet. */
function sendingBoss(connectionString: string, more: ConstructorOptions = {}): PgBoss {
  const boss = new PgBoss({
    connectionString,
    application_name: 'andante-alarms',
    max: 1,
    migrate: false,
    supervise: false,
    schedule: false,
    registerInstance: false,
    ...more,
  });
  boss.on('error', (error) => log.error({ err: error }, 'the job queue reports an error'));
  boss.on('warning', (warning) => log.warn({ warning }, 'the job queue warns'));
  return boss;
}

/** An instance that works: fetches, maintains its tables, is woken by NOTIFY. What it warns of is kept in `pgboss.warning`,
 *  where every process reads it. Not started yet. */
export function workingBoss(connectionString: string, max: number): PgBoss {
  return sendingBoss(connectionString, {
    application_name: 'andante-jobs',
    max,
    supervise: true,
    registerInstance: true,
    useListenNotify: true,
    persistWarnings: true,
    warningRetentionDays: 7,
  });
}

/** Installs or updates the tables of pg-boss, and makes every queue of the catalogue as it is described there.
 *  Called by the migration command and by the tests' template; running it twice changes nothing. */
export async function createQueues(connectionString: string): Promise<void> {
  const boss = sendingBoss(connectionString, { migrate: true });
  await boss.start();
  try {
    for (const name of queueNames) {
      const { policy, options } = queues[name];
      if (await boss.getQueue(name)) await boss.updateQueue(name, { ...options, notify: true });
      else await boss.createQueue(name, { policy, ...options, notify: true });
    }
  } finally {
    await boss.stop({ graceful: false });
  }
}

const holder = globalThis as typeof globalThis & { andanteAlarmBoss?: Promise<PgBoss> | undefined; andanteAlarmUrl?: string };

/** For programs that visit several databases one after the other: where alarms go from here on, instead of `DATABASE_URL`. */
export async function moveAlarmsTo(connectionString: string): Promise<void> {
  await closeAlarms();
  holder.andanteAlarmUrl = connectionString;
}

/** This process's sending instance, started at the first use and kept across hot reloads. */
export async function alarmBoss(): Promise<PgBoss> {
  holder.andanteAlarmBoss ??= sendingBoss(holder.andanteAlarmUrl ?? env().DATABASE_URL).start();
  try {
    return await holder.andanteAlarmBoss;
  } catch (error) {
    holder.andanteAlarmBoss = undefined;
    throw error;
  }
}

/** Closes this process's sending instance, if it was ever used. */
export async function closeAlarms(): Promise<void> {
  const boss = await holder.andanteAlarmBoss;
  holder.andanteAlarmBoss = undefined;
  await boss?.stop({ graceful: false });
}
