'use client';
/** The holidays that the sequence goes by, and which come next. */
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { Field } from '#app/_ui/field.tsx';
import { formatDate } from '#app/_ui/format-date.ts';
import { useReaderTime } from '#app/_ui/reader-time.tsx';
import { Select } from '#app/_ui/select.tsx';
import { TextLink } from '#app/_ui/text-link.tsx';
import { useBuilder } from './builder-context.tsx';

const none = 'none';

export function CalendarField() {
  const t = useTranslations('sequences.settings.calendar');
  const locale = useLocale();
  const { now } = useReaderTime();
  const api = useApi();
  const { definition, mayEdit, change, slug } = useBuilder();
  const calendars = useQuery(api.calendars.list.queryOptions({ limit: 200 })).data?.items ?? [];
  const chosen = calendars.find((calendar) => calendar.id === definition.calendarId);
  const isGone = definition.calendarId !== null && calendars.length > 0 && !chosen;
  const dates = (chosen?.next ?? []).map(({ on, name }) => {
    const date = formatDate(new Date(`${on}T12:00:00Z`), { locale, zone: 'UTC', readerZone: 'UTC', now, style: 'date' });
    return `${date} (${name})`;
  });
  return (
    <div className="flex flex-col gap-1.5">
      <Field label={t('label')} hint={dates.length > 0 ? t('next', { dates: dates.join('; ') }) : undefined}>
        <Select
          value={definition.calendarId ?? none}
          onValueChange={(id) => change((before) => ({ ...before, calendarId: id === none ? null : id }))}
          disabled={!mayEdit}
          options={[
            { value: none, label: t('none') },
            ...calendars.map(({ id, name }) => ({ value: id, label: name })),
            ...(isGone ? [{ value: definition.calendarId ?? none, label: t('gone') }] : []),
          ]}
        />
      </Field>
      <TextLink className="w-fit font-normal text-xs" href={`/${slug}/settings/hours`}>
        {t('manage')}
      </TextLink>
    </div>
  );
}
