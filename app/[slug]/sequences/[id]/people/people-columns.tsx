'use client';
/** What the list shows of a person in a sequence. */
import type { inferRouterOutputs } from '@trpc/server';
import type { Column } from '#app/_ui/data-table.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { EnrolmentStatus } from '../../../_enrolment/enrolment-status.tsx';
import { useEnrolmentWords } from '../../../_enrolment/enrolment-words.ts';

export type PeoplePage = inferRouterOutputs<AppRouter>['sequences']['people'];
export type Person = PeoplePage['items'][number];

/** Name, else an address. */
export function personName(person: Person, unnamed: string): string {
  return person.contactName ?? person.contactEmail ?? person.contactPhone ?? unnamed;
}

export function usePeopleColumns(onOpen: (enrolmentId: string) => void): Column<Person>[] {
  const { t, word } = useEnrolmentWords();
  return [
    {
      key: 'contact',
      header: t('people.contact'),
      className: 'min-w-36 max-w-64',
      cell: (row) => {
        const name = personName(row, t('people.unnamed'));
        return (
          <button
            type="button"
            aria-label={t('people.openTimeline', { name })}
            onClick={() => onOpen(row.id)}
            className="max-w-full truncate rounded-md text-left font-medium underline decoration-line-strong/60 underline-offset-4 hover:decoration-ink"
          >
            {name}
          </button>
        );
      },
    },
    {
      key: 'step',
      header: t('people.step'),
      wideOnly: true,
      className: 'max-w-72',
      cell: (row) =>
        row.stepPosition === null ? (
          <span className="text-muted">–</span>
        ) : (
          <span className="flex gap-2">
            <span className="text-muted">{t('people.stepOf', { position: row.stepPosition, count: row.stepCount })}</span>
            <span className="truncate">{row.stepTitle}</span>
          </span>
        ),
    },
    {
      key: 'next',
      header: t('people.next'),
      className: 'whitespace-nowrap',
      cell: (row) =>
        row.dueAt && row.status === 'active' && row.waitingFor === 'due' ? (
          <DateTime at={row.dueAt} zone={row.timeZone} />
        ) : (
          <span className="text-muted">–</span>
        ),
    },
    {
      key: 'status',
      header: t('people.status'),
      cell: (row) => (
        <span className="flex flex-wrap items-center gap-2">
          <EnrolmentStatus status={row.status} waitingFor={row.waitingFor} exitReason={row.exitReason} />
          {row.status === 'held' && row.holdReason && <span className="text-muted text-xs">{word('hold', row.holdReason)}</span>}
        </span>
      ),
    },
    {
      key: 'started',
      header: t('people.started'),
      wideOnly: true,
      className: 'whitespace-nowrap',
      cell: (row) => <DateTime at={row.startedAt} />,
    },
  ];
}
