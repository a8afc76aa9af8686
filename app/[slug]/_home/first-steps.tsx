'use client';
/** The checklist on a beat line: done beats are filled, the next one carries the accent and the way to go. */
import type { inferRouterOutputs } from '@trpc/server';
import { Check } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { BeatItem, BeatLine } from '#app/_ui/beat-line.tsx';
import { LinkButton } from '#app/_ui/link-button.tsx';
import { Section } from '#app/_ui/section.tsx';
import { TextLink } from '#app/_ui/text-link.tsx';
import type { AppRouter } from '#server/api/root.ts';

type Checklist = inferRouterOutputs<AppRouter>['workspace']['checklist'];
type Key = Checklist['items'][number]['key'];

export function FirstSteps({ slug, checklist }: { slug: string; checklist: Checklist }) {
  const t = useTranslations('settings.home');
  const next = checklist.items.findIndex((item) => !item.done);
  const done = checklist.items.filter((item) => item.done).length;
  return (
    <Section title={t('firstSteps')} description={t('progress', { done, total: checklist.items.length })}>
      <BeatLine label={t('firstSteps')}>
        {checklist.items.map((item, index) => {
          const isNext = index === next;
          return (
            <BeatItem
              key={item.key}
              tone={isNext ? 'accent' : 'neutral'}
              mark={item.done ? <Check className="size-4 text-sent" /> : undefined}
              first={index === 0}
              last={index === checklist.items.length - 1}
              future={!item.done && !isNext}
            >
              <div className={isNext ? 'font-medium' : item.done ? 'text-muted' : undefined}>
                {isNext || item.done ? (
                  t(`steps.${item.key}.title`)
                ) : (
                  <TextLink href={pathOf(item.key, slug, checklist)}>{t(`steps.${item.key}.title`)}</TextLink>
                )}
                {item.done && <span className="sr-only"> {t('isDone')}</span>}
              </div>
              {isNext && (
                <>
                  <p className="mt-0.5 text-muted">{t(`steps.${item.key}.description`)}</p>
                  <LinkButton variant="primary" size="sm" className="mt-2.5" href={pathOf(item.key, slug, checklist)}>
                    {t(`steps.${item.key}.action`)}
                  </LinkButton>
                </>
              )}
            </BeatItem>
          );
        })}
      </BeatLine>
    </Section>
  );
}

function pathOf(key: Key, slug: string, { sequenceId, contactId }: Checklist): string {
  const sequence = sequenceId ? `/${slug}/sequences/${sequenceId}` : `/${slug}/sequences`;
  const paths: Record<Key, string> = {
    published: sequence,
    enrolled: contactId ? `/${slug}/contacts/${contactId}` : `/${slug}/contacts`,
    arrived: `/${slug}/sandbox`,
    answered: `/${slug}/sandbox`,
    ownContacts: `/${slug}/contacts`,
    ownChannel: `/${slug}/settings/channels`,
    team: `/${slug}/settings/members`,
  };
  return paths[key];
}
