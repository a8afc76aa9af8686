/** Sets alarms: jobs that say "look there at that time", in the transaction of the change that made them necessary. */
import { sql } from 'kysely';
import { fromKysely, type JobInsert } from 'pg-boss';
import type { Tx } from '#db/client.ts';
import { alarmBoss } from './boss.ts';
import { type Payload, type QueueName, queueNames, quietSeconds, workedAlone } from './catalogue.ts';

export type Alarm =
  | ({ readonly queue: 'sequence.advance'; readonly at: Date } & Payload<'sequence.advance'>)
  | ({ readonly queue: 'account.deliver'; readonly at: Date } & Payload<'account.deliver'>)
  | ({ readonly queue: 'workspace.maintain' } & Payload<'workspace.maintain'>)
  | ({ readonly queue: 'trigger.run' } & Payload<'trigger.run'>)
  | ({ readonly queue: 'import.run' } & Payload<'import.run'>)
  | ({ readonly queue: 'operation.run' } & Payload<'operation.run'>);

export type UntimedAlarm = Exclude<Alarm, { readonly at: Date }>;

const horizonMs = 3_600_000;
const secondMs = 1_000;

/** Sets the alarms that ring within the coming hour; later ones are set by the sweep when their hour comes. One alarm per place and
 *  instant (to the second; computed due times are whole minutes), however often it is set. Call it last in the transaction: two
 *  transactions that set the same alarm wait for each other. Under the test clock only what is due already is set, and rings at once. */
export async function setAlarms(tx: Tx, alarms: readonly Alarm[]): Promise<void> {
  if (alarms.length === 0) return;
  const { rows } = await sql<{ now: Date; moved: boolean }>`
    select andante_now() as now, coalesce(current_setting('andante.clock', true), '') = 'test' as moved`.execute(tx);
  const clock = rows[0];
  if (!clock) throw new Error('The database did not answer with its time.');
  const horizon = clock.now.getTime() + (clock.moved ? 0 : horizonMs);
  const jobs = new Map<QueueName, Map<string, JobInsert>>();
  for (const alarm of alarms) {
    const atMs = Math.max('at' in alarm ? alarm.at.getTime() : 0, clock.now.getTime());
    if (atMs > horizon) continue;
    const second = Math.floor(atMs / secondMs);
    const { key, data } = keyAndPayload(alarm, second);
    const ofQueue = jobs.get(alarm.queue) ?? new Map<string, JobInsert>();
    const earlier = ofQueue.get(key);
    const startAfter = atMs > clock.now.getTime() ? new Date(atMs).toISOString() : undefined;
    if (!earlier || (earlier.startAfter && (!startAfter || startAfter < earlier.startAfter))) {
      ofQueue.set(key, { data, singletonKey: key, ...(startAfter ? { startAfter } : {}) });
    }
    jobs.set(alarm.queue, ofQueue);
  }
  const boss = await alarmBoss();
  const db = fromKysely(tx.withoutPlugins());
  for (const name of queueNames) {
    const ofQueue = jobs.get(name);
    if (!ofQueue) continue;
    const sorted = [...ofQueue.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, job]) => job);
    await boss.insert(name, sorted, { db });
  }
}

/** Those of `alarms` for which there is no job: none that waits for its first or its next try, and of work that one worker does alone none
 *  in living hands. For the sweep: work that keeps failing has one job, however often it comes by. Whoever has changed something sets the
 *  alarm all the same, because a job under way may have looked before. */
export async function leaveOutSet(tx: Tx, alarms: readonly UntimedAlarm[]): Promise<UntimedAlarm[]> {
  if (alarms.length === 0) return [];
  const { rows } = await sql<{ name: QueueName; key: string }>`
    select name, singleton_key as key from pgboss.job
    where name = any(${[...new Set(alarms.map(({ queue }) => queue))]}) and (state in ('created', 'retry')
      or (state = 'active' and name = any(${workedAlone}) and heartbeat_on > statement_timestamp() - ${quietSeconds} * interval '1 second'))`.execute(
    tx,
  );
  const set = new Set(rows.map(({ name, key }) => `${name} ${key}`));
  return alarms.filter((alarm) => !set.has(`${alarm.queue} ${keyAndPayload(alarm, 0).key}`));
}

function keyAndPayload(alarm: Alarm, second: number): { key: string; data: object } {
  const { workspaceId } = alarm;
  switch (alarm.queue) {
    case 'sequence.advance':
      return { key: `${workspaceId}:${alarm.sequenceId}:${second}`, data: { workspaceId, sequenceId: alarm.sequenceId } };
    case 'account.deliver':
      return { key: `${workspaceId}:${alarm.channelAccountId}:${second}`, data: { workspaceId, channelAccountId: alarm.channelAccountId } };
    case 'workspace.maintain':
    case 'trigger.run':
      return { key: workspaceId, data: { workspaceId } };
    case 'import.run':
      return { key: `${workspaceId}:${alarm.importId}`, data: { workspaceId, importId: alarm.importId } };
    case 'operation.run':
      return { key: `${workspaceId}:${alarm.operationId}`, data: { workspaceId, operationId: alarm.operationId } };
  }
}
