'use client';
/** How enrolments ended, most frequent first. */
import { useFormatter, useTranslations } from 'next-intl';
import { Link } from '#app/_ui/link.tsx';
import type { exitReasons } from '#server/domain/enrolment-events.ts';
import { EnrolmentStatus } from '../../../_enrolment/enrolment-status.tsx';
import { peopleAddress } from '../people/people-filter.ts';
import type { Results } from './sequence-results.tsx';

export function ExitList({ slug, results }: { slug: string; results: Results }) {
  const t = useTranslations('results');
  const format = useFormatter();
  const { exits, ended } = results.enrolments;
  if (exits.length === 0) return <p className="text-muted">{t('noExits')}</p>;
  return (
    <ul className="max-w-xl">
      {exits.map(({ reason, count }) => (
        <li key={reason} className="flex h-10 items-center gap-3 border-line border-b last:border-b-0">
          <span className="w-44 shrink-0">
            <EnrolmentStatus status="ended" waitingFor="due" exitReason={reason} />
          </span>
          <span aria-hidden="true" className="h-1.5 flex-1 overflow-hidden rounded-md bg-sunken">
            <span className="block h-full bg-line-strong" style={{ width: `${(count / ended) * 100}%` }} />
          </span>
          <Link
            href={peopleAddress(slug, results.id, { exitReason: reason as (typeof exitReasons)[number] })}
            className="w-24 rounded-md text-right font-medium underline decoration-line-strong/60 underline-offset-4 hover:decoration-ink"
          >
            {results.isExact ? format.number(count) : t('about', { count })}
          </Link>
          <span className="w-12 text-right text-muted text-xs">{format.number(count / ended, { style: 'percent' })}</span>
        </li>
      ))}
    </ul>
  );
}
