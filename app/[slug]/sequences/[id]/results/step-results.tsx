'use client';
/** One row a step: counts, and beside them the rate with its denominator. */
import { useFormatter, useTranslations } from 'next-intl';
import { Link } from '#app/_ui/link.tsx';
import { Badge } from '#app/_ui/badge.tsx';
import { type Column, DataTable } from '#app/_ui/data-table.tsx';
import type { StepMetric } from '#server/domain/results.ts';
import { useEnrolmentWords } from '../../../_enrolment/enrolment-words.ts';
import { peopleAddress } from '../people/people-filter.ts';
import type { Results } from './sequence-results.tsx';

type StepRow = Results['steps'][number];
const shownMetrics = ['waiting', 'reached', 'sent', 'delivered', 'replied', 'failed', 'unknown', 'skipped'] as const;
/** What a rate is a share of. */
const shareOf: Partial<Record<StepMetric, 'sent' | 'reached'>> = {
  delivered: 'sent',
  replied: 'sent',
  failed: 'reached',
  skipped: 'reached',
};
/** Steps that send nothing have only these. */
const metricsWithoutMessage: readonly StepMetric[] = ['waiting', 'reached', 'skipped'];

export function StepResults({ slug, results }: { slug: string; results: Results }) {
  const t = useTranslations('results');
  const time = useTranslations('time.simulation.types');
  const { word } = useEnrolmentWords();
  const titleOf = (row: StepRow) => row.title ?? time(row.type);
  const metrics = shownMetrics.filter((metric) => metric !== 'unknown' || results.steps.some((row) => row.counts.unknown > 0));
  const columns: Column<StepRow>[] = [
    {
      key: 'step',
      header: t('step'),
      className: 'min-w-36 max-w-40 sm:max-w-72',
      cell: (row) => (
        <span className="flex min-w-0 items-baseline gap-2" style={{ paddingInlineStart: `${row.depth}rem` }}>
          <span className="text-muted text-xs">{row.isLive ? row.position : '–'}</span>
          <span className="min-w-0">
            <span className="block truncate">{titleOf(row)}</span>
            {row.outcome && <span className="block text-muted text-xs">{t('whenOutcome', { outcome: word('outcome', row.outcome) })}</span>}
          </span>
          {!row.isLive && <Badge className="shrink-0 text-muted">{t('earlier')}</Badge>}
        </span>
      ),
    },
    ...metrics.map(
      (metric): Column<StepRow> => ({
        key: metric,
        header: t(`metrics.${metric}`),
        align: 'end',
        className: 'whitespace-nowrap',
        cell: (row) =>
          row.type === 'message' || metricsWithoutMessage.includes(metric) ? (
            <MetricCell
              row={row}
              isExact={results.isExact}
              metric={metric}
              title={titleOf(row)}
              href={peopleAddress(slug, results.id, { step: { key: row.stepKey, metric } })}
            />
          ) : (
            <span className="text-muted">–</span>
          ),
      }),
    ),
  ];
  return <DataTable label={t('steps')} columns={columns} rows={results.steps} rowKey={(row) => row.stepKey} />;
}

interface MetricCellProps {
  row: StepRow;
  isExact: boolean;
  metric: StepMetric;
  title: string;
  href: string;
}

function MetricCell({ row, isExact, metric, title, href }: MetricCellProps) {
  const t = useTranslations('results');
  const format = useFormatter();
  const count = row.counts[metric];
  if (count === 0) return <span className="text-muted">0</span>;
  const base = shareOf[metric];
  const whole = base ? row.counts[base] : 0;
  const rate = whole > 0 ? format.number(count / whole, { style: 'percent' }) : null;
  return (
    <span className="flex items-baseline justify-end gap-1.5">
      {rate && (
        <span className="text-muted text-xs" title={t(base === 'sent' ? 'rateOf' : 'rateOfReached', { rate })}>
          {rate}
        </span>
      )}
      <Link
        href={href}
        aria-label={t(isExact ? 'openPeople' : 'openPeopleAbout', { metric: t(`metrics.${metric}`), step: title, count })}
        className="rounded-md font-medium underline decoration-line-strong/60 underline-offset-4 hover:decoration-ink"
      >
        {isExact ? format.number(count) : t('about', { count })}
      </Link>
    </span>
  );
}
