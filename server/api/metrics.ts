/** `GET /api/metrics`: the installation in numbers, in the text format of Prometheus. Read from the database at every scrape,
 *  so that any web process answers the same; names no workspace and no person. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Gauge, Registry } from 'prom-client';
import type { Db } from '#db/client.ts';
import { oldestOverdueSeconds } from '#db/queries/health.ts';
import { countCap, countChannelAccounts, readOpenCounts } from '#db/queries/metrics.ts';
import { listQueueDepths } from '#db/queries/queue-health.ts';
import { listLiveWorkers } from '#db/queries/workers.ts';
import { database, poolCounts } from '#server/platform/database.ts';
import { env } from '#server/platform/env.ts';
import { log } from '#server/platform/log.ts';

type Sample = readonly [labels: Record<string, string>, value: number];

/** 404 while no token is configured, 401 without the right one. A database that does not answer is told by `andante_up 0`. */
export async function handleMetricsRequest(
  request: Request,
  db: Db = database(),
  token: string | undefined = env().ANDANTE_METRICS_TOKEN,
): Promise<Response> {
  if (token === undefined) return new Response(null, { status: 404 });
  if (!carriesToken(request, token)) return new Response(null, { status: 401, headers: { 'www-authenticate': 'Bearer' } });
  const registry = new Registry();
  try {
    await fill(registry, db);
    gauge(registry, 'andante_up', 'Whether the database answers.', [[{}, 1]]);
  } catch (error) {
    log.error({ err: error }, 'the metrics could not be read');
    registry.clear();
    gauge(registry, 'andante_up', 'Whether the database answers.', [[{}, 0]]);
  }
  fillPool(registry);
  return new Response(await registry.metrics(), { headers: { 'content-type': registry.contentType, 'cache-control': 'no-store' } });
}

/** Hashes are compared, so that neither content nor length of the token can be learnt from the time it takes. */
function carriesToken(request: Request, token: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(request.headers.get('authorization') ?? ''), hash(`Bearer ${token}`));
}

async function fill(registry: Registry, db: Db): Promise<void> {
  const capped = `Counted up to ${countCap}.`;
  const [overdue, workers, queues, open, accounts] = await Promise.all([
    oldestOverdueSeconds(db, null),
    listLiveWorkers(db),
    listQueueDepths(db),
    readOpenCounts(db),
    countChannelAccounts(db),
  ]);
  gauge(registry, 'andante_oldest_overdue_seconds', 'Age of the oldest due step of a running sequence.', [[{}, overdue]]);
  gauge(registry, 'andante_workers', 'Workers seen in the last 30 seconds.', [[{}, workers.length]]);
  gauge(registry, 'andante_enrolments_due', `Steps that are due and not claimed. ${capped}`, [[{}, open.enrolmentsDue]]);
  gauge(registry, 'andante_messages', `Messages that are not settled, by state. ${capped}`, [
    [{ state: 'queued' }, open.messagesQueued],
    [{ state: 'sending' }, open.messagesSending],
    [{ state: 'unknown' }, open.messagesUnknown],
  ]);
  gauge(
    registry,
    'andante_queue_jobs',
    'Jobs of a queue, by state.',
    queues.flatMap(({ name, ready, delayed, active, failed }) =>
      Object.entries({ ready, delayed, active, failed }).map(([state, count]): Sample => [{ queue: name, state }, count]),
    ),
  );
  gauge(
    registry,
    'andante_queue_oldest_ready_seconds',
    'How long the oldest job that could be fetched has waited.',
    queues.map(({ name, oldestReadySeconds }): Sample => [{ queue: name }, oldestReadySeconds]),
  );
  gauge(
    registry,
    'andante_channel_accounts',
    'Channel accounts, by status.',
    accounts.map(({ status, count }): Sample => [{ status }, count]),
  );
}

function fillPool(registry: Registry): void {
  const states = Object.entries(poolCounts());
  gauge(
    registry,
    'andante_database_pool',
    'Connections of the web process that answers: open, idle among them, and callers waiting for one.',
    states.map(([state, count]): Sample => [{ state }, count]),
  );
}

function gauge(registry: Registry, name: string, help: string, samples: readonly Sample[]): void {
  const labelNames = Object.keys(samples[0]?.[0] ?? {});
  const made = new Gauge({ name, help, labelNames, registers: [registry] });
  for (const [labels, value] of samples) made.set(labels, value);
}
