'use client';
/** The live figures of the system, asked for again every five seconds while the page is looked at. */
import { useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { StatusBadge } from '#app/_ui/badge.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import { Section } from '#app/_ui/section.tsx';
import { Stat } from '#app/_ui/stat.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { SystemWarnings } from './system-warnings.tsx';
import { useDuration } from './use-duration.ts';

type System = inferRouterOutputs<AppRouter>['system'];

export function SystemStatus({ initial }: { initial: { health: System['health']; workers: System['workers']; queues: System['queues'] } }) {
  const t = useTranslations('system');
  const duration = useDuration();
  const api = useApi();
  const refetchInterval = 5_000;
  const health = useQuery(api.system.health.queryOptions({}, { initialData: initial.health, refetchInterval })).data;
  const workers = useQuery(api.system.workers.queryOptions({}, { initialData: initial.workers, refetchInterval })).data;
  const queues = useQuery(api.system.queues.queryOptions({}, { initialData: initial.queues, refetchInterval })).data;
  return (
    <>
      <div className="mb-8 flex flex-wrap items-start gap-x-12 gap-y-4" aria-live="polite">
        <StatusBadge tone={statusTone(health)}>{t(statusWord(health))}</StatusBadge>
        <Stat label={t('workers')} value={health.workers} />
        <Stat label={t('oldestOverdue')} value={duration(health.oldestOverdueSeconds)} hint={t('oldestOverdueHelp')} />
        <Stat label={t('clock')} value={<DateTime at={health.now} />} />
      </div>
      <Section title={t('warnings')}>
        <div aria-live="polite">
          <SystemWarnings warnings={health.warnings} />
        </div>
      </Section>
      <Section title={t('workers')} description={health.ok ? t('workersHelp') : t('noWorkerHelp')}>
        {workers.items.length > 0 && (
          <DataTable
            label={t('workersList')}
            rows={workers.items}
            rowKey={(worker) => worker.id}
            columns={[
              { key: 'host', header: t('host'), cell: (worker) => worker.host },
              { key: 'process', header: t('process'), cell: (worker) => worker.pid, align: 'end' },
              { key: 'startedAt', header: t('startedAt'), cell: (worker) => <DateTime at={worker.startedAt} /> },
              { key: 'seenAt', header: t('seenAt'), cell: (worker) => <DateTime at={worker.seenAt} />, wideOnly: true },
              {
                key: 'clock',
                header: t('clockAhead'),
                cell: (worker) => t('clockAheadSeconds', { seconds: Math.round(worker.clockAheadMs / 100) / 10 || 0 }),
                align: 'end',
                wideOnly: true,
              },
            ]}
          />
        )}
      </Section>
      <Section title={t('queues')} description={t('queuesHelp')}>
        <DataTable
          label={t('queuesList')}
          rows={queues.items}
          rowKey={(queue) => queue.name}
          columns={[
            { key: 'queue', header: t('queue'), cell: (queue) => queue.name },
            { key: 'ready', header: t('ready'), cell: (queue) => queue.ready, align: 'end' },
            { key: 'delayed', header: t('delayed'), cell: (queue) => queue.delayed, align: 'end', wideOnly: true },
            { key: 'active', header: t('active'), cell: (queue) => queue.active, align: 'end' },
            { key: 'failed', header: t('failed'), cell: (queue) => queue.failed, align: 'end' },
          ]}
        />
      </Section>
    </>
  );
}

function statusWord(health: System['health']): 'well' | 'attention' | 'late' | 'noWorker' {
  if (!health.ok) return 'noWorker';
  if (health.warnings.length === 0) return 'well';
  return health.warnings.some((warning) => warning.code === 'overdue') ? 'late' : 'attention';
}

function statusTone(health: System['health']): 'sent' | 'waiting' | 'failed' {
  return ({ well: 'sent', attention: 'waiting', late: 'waiting', noWorker: 'failed' } as const)[statusWord(health)];
}
