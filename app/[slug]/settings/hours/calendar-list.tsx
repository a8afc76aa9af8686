'use client';
/** The holiday calendars of the workspace: whose days they close, what comes next, and which sequences go by them. */
import { useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { Plus } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';

import { useApi } from '#app/_api/client.tsx';
import { LinkButton } from '#app/_ui/link-button.tsx';
import { EmptyState } from '#app/_ui/list-state.tsx';
import { Section } from '#app/_ui/section.tsx';
import { TextLink } from '#app/_ui/text-link.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { LocalDate } from './local-date.tsx';

type Page = inferRouterOutputs<AppRouter>['calendars']['list'];
type Calendar = Page['items'][number];

export function CalendarList({ slug, initial, mayChange }: { slug: string; initial: Page; mayChange: boolean }) {
  const t = useTranslations('calendars');
  const api = useApi();
  const { items } = useQuery(api.calendars.list.queryOptions({ limit: 200 }, { initialData: initial })).data;
  const add = mayChange && (
    <LinkButton href={`/${slug}/settings/hours/calendars/new`}>
      <Plus aria-hidden="true" />
      {t('add')}
    </LinkButton>
  );
  return (
    <Section title={t('title')} description={t('description')} actions={items.length > 0 && add}>
      {items.length === 0 ? (
        <EmptyState title={t('empty.title')} action={add}>
          {t('empty.description')}
        </EmptyState>
      ) : (
        <ul className="border-line border-t">
          {items.map((calendar) => (
            <CalendarRow key={calendar.id} slug={slug} calendar={calendar} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function CalendarRow({ slug, calendar }: { slug: string; calendar: Calendar }) {
  const t = useTranslations('calendars');
  const locale = useLocale();
  const { country, states, ownDates, next, sequences } = calendar;
  const place = country === null ? null : (new Intl.DisplayNames([locale], { type: 'region' }).of(country) ?? country);
  const parts = [
    place && (states.length > 0 ? t('placeWithStates', { place, states: states.join(', ') }) : place),
    ownDates > 0 && t('ownDates', { count: ownDates }),
    t('usedBy', { count: sequences.length }),
  ];
  return (
    <li className="grid gap-x-6 gap-y-1 border-line border-b py-3 sm:grid-cols-2">
      <div className="min-w-0">
        <h3 className="truncate">
          <TextLink href={`/${slug}/settings/hours/calendars/${calendar.id}`}>{calendar.name}</TextLink>
        </h3>
        <p className="text-muted">{parts.filter(Boolean).join(' · ')}</p>
      </div>
      <p className="text-muted text-xs sm:text-right">
        {next.length === 0
          ? t('nothingNext')
          : next.map(({ on, name }) => (
              <span key={on} className="block">
                <LocalDate on={on} /> · {name}
              </span>
            ))}
      </p>
    </li>
  );
}
