'use client';
/** Every day of two years that the calendar being edited speaks of, each to be closed or left open. */
import { useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { Checkbox } from '#app/_ui/checkbox.tsx';
import { ErrorState } from '#app/_ui/list-state.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import { Switch } from '#app/_ui/switch.tsx';
import type { AppRouter } from '#server/api/root.ts';
import type { CalendarContent } from '#server/domain/calendar/schema.ts';
import { useRested } from '../../../sequences/_content/use-rested.ts';
import { LocalDate } from '../local-date.tsx';
import { withChoice } from './calendar-draft.ts';

type Day = inferRouterOutputs<AppRouter>['calendars']['preview']['days'][number];

interface HolidayListProps {
  content: CalendarContent;
  onChange: (content: CalendarContent) => void;
  disabled?: boolean;
}

export function HolidayList({ content, onChange, disabled }: HolidayListProps) {
  const t = useTranslations('calendars.days');
  const api = useApi();
  const [showsAll, setShowsAll] = useState(false);
  const preview = useQuery({
    ...api.calendars.preview.queryOptions(useRested(content, 250)),
    placeholderData: (before) => before,
  });
  if (preview.isError) return <ErrorState onRetry={() => void preview.refetch()} />;
  if (!preview.data) return <Skeleton className="h-96" />;
  const { days } = preview.data;
  const isClosed = (day: Day) => (day.rule === null ? true : (content.choices[day.rule] ?? day.kind === 'public'));
  const shown = days.filter((day) => showsAll || day.kind !== 'observance' || isClosed(day));
  const years = [...new Set(shown.map((day) => day.on.slice(0, 4)))];
  return (
    <section aria-labelledby="calendar-days-title" className="min-w-0">
      <div className="mb-3 flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div>
          <h3 id="calendar-days-title" className="font-medium text-sm">
            {t('title')}
          </h3>
          <p className="text-muted text-xs">{t('hint')}</p>
        </div>
        <Switch label={t('observances')} checked={showsAll} onCheckedChange={setShowsAll} />
      </div>
      {shown.length === 0 && <p className="py-8 text-muted">{t('none')}</p>}
      <div className="grid gap-x-8 gap-y-6 xl:grid-cols-2">
        {years.map((year) => {
          const ofYear = shown.filter((day) => day.on.startsWith(year));
          return (
            <div key={year}>
              <h4 className="border-line border-b pb-1.5 text-muted text-xs">
                {t('year', { year, count: ofYear.filter(isClosed).length })}
              </h4>
              <ul>
                {ofYear.map((day) => (
                  <DayRow
                    key={`${day.on} ${day.rule ?? day.name}`}
                    day={day}
                    closed={isClosed(day)}
                    onChange={(closed) => day.rule !== null && onChange(withChoice(content, { rule: day.rule, kind: day.kind }, closed))}
                    disabled={disabled}
                  />
                ))}
              </ul>
            </div>
          );
        })}
      </div>
    </section>
  );
}

function DayRow({
  day,
  closed,
  onChange,
  disabled,
}: {
  day: Day;
  closed: boolean;
  onChange: (closed: boolean) => void;
  disabled?: boolean | undefined;
}) {
  const t = useTranslations('calendars.days');
  const notes = [
    day.origin === 'state' && day.states.join(', '),
    day.origin === 'own' && t('own'),
    day.kind === 'optional' && t('optional'),
    day.kind === 'observance' && t('observance'),
  ].filter(Boolean);
  return (
    <li className="flex min-h-10 items-center border-line border-b">
      <Checkbox
        className="w-full items-center [&>:last-child]:flex-1"
        checked={closed}
        onCheckedChange={onChange}
        disabled={disabled || day.rule === null}
        label={
          <span className="grid grid-cols-[5.5rem_minmax(0,1fr)] items-baseline gap-x-3 py-1.5">
            <span className="text-muted tabular-nums">
              <LocalDate on={day.on} underYear />
            </span>
            <span className="min-w-0">
              <span className={closed ? 'font-medium' : undefined}>{day.name}</span>
              {notes.length > 0 && <span className="block text-muted text-xs">{notes.join(' · ')}</span>}
            </span>
          </span>
        }
      />
    </li>
  );
}
