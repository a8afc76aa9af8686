'use client';
/** What undoing an import has come to, and what stayed, by reason. */
import type { inferRouterOutputs } from '@trpc/server';
import { useFormatter, useTranslations } from 'next-intl';
import { Section } from '#app/_ui/section.tsx';
import { Stat } from '#app/_ui/stat.tsx';
import type { AppRouter } from '#server/api/root.ts';

type Undo = NonNullable<inferRouterOutputs<AppRouter>['imports']['get']['undo']>;

export function UndoOutcome({ undo }: { undo: Undo }) {
  const t = useTranslations('imports.run');
  const format = useFormatter();
  const kept = Object.entries(undo.kept).sort(([, a], [, b]) => b - a);
  return (
    <Section title={t(undo.status === 'running' ? 'undoing' : 'undone')}>
      <div aria-live="polite" className="grid grid-cols-2 gap-x-10 gap-y-5 sm:flex sm:flex-wrap">
        <Stat label={t('undoDeleted')} value={format.number(undo.deleted)} />
        <Stat label={t('undoRestored')} value={format.number(undo.restored)} />
        <Stat label={t('undoEnded')} value={format.number(undo.enrolmentsEnded)} />
      </div>
      {kept.length > 0 && (
        <>
          <h3 className="mt-5 mb-2 font-medium">{t('undoKept')}</h3>
          <ul className="max-w-3xl border-line border-t">
            {kept.map(([reason, count]) => {
              const key = reason as 'other';
              return (
                <li key={reason} className="flex items-baseline justify-between gap-4 border-line border-b py-3">
                  <span>{t(`keptReasons.${t.has(`keptReasons.${key}`) ? key : 'other'}`)}</span>
                  <span className="tabular-nums">{format.number(count)}</span>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </Section>
  );
}
