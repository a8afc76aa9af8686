'use client';
/** The day in numbers, and what goes out next. */
import type { inferRouterOutputs } from '@trpc/server';
import { useFormatter, useTranslations } from 'next-intl';
import { BeatItem, BeatLine } from '#app/_ui/beat-line.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import { Section } from '#app/_ui/section.tsx';
import { Stat } from '#app/_ui/stat.tsx';
import { TextLink } from '#app/_ui/text-link.tsx';
import type { AppRouter } from '#server/api/root.ts';
import type { RoughCount } from '#server/domain/rough-count.ts';

type Overview = inferRouterOutputs<AppRouter>['workspace']['overview'];

export function Today({ slug, overview }: { slug: string; overview: Overview }) {
  const t = useTranslations('settings.home');
  const format = useFormatter();
  const number = ({ count, isExact }: RoughCount) => (isExact ? format.number(count) : t('about', { count }));
  return (
    <div className="flex min-w-0 flex-col gap-8">
      <Section title={t('today')}>
        <div className="grid grid-cols-3 gap-4">
          <Stat label={t('activeEnrolments')} value={number(overview.activeEnrolments)} />
          <Stat label={t('sentToday')} value={number(overview.sentToday)} />
          <Stat label={t('repliedToday')} value={number(overview.repliedToday)} />
        </div>
      </Section>
      <Section title={t('nextSends')}>
        {overview.nextSends.length === 0 && <p className="text-muted">{t('noNextSends')}</p>}
        <BeatLine label={t('nextSends')}>
          {overview.nextSends.map((send, index) => (
            <BeatItem
              key={send.enrolmentId}
              tone="waiting"
              future
              first={index === 0}
              last={index === overview.nextSends.length - 1}
              time={<DateTime at={send.dueAt} zone={send.timeZone} />}
            >
              <span className="block min-w-0 break-words">
                <TextLink href={`/${slug}/contacts/${send.contactId}`}>{send.contactName}</TextLink>{' '}
                <span className="text-muted">{t('inSequence')}</span>{' '}
                <TextLink href={`/${slug}/sequences/${send.sequenceId}`}>{send.sequenceName}</TextLink>
              </span>
            </BeatItem>
          ))}
        </BeatLine>
      </Section>
    </div>
  );
}
