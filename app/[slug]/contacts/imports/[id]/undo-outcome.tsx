'use client';
/** What undoing an import has come to: what went, what was put back, and what stayed, by reason and row by row. */
import type { inferRouterOutputs } from '@trpc/server';
import { useFormatter, useTranslations } from 'next-intl';
import { Progress } from '#app/_ui/progress.tsx';
import { Section } from '#app/_ui/section.tsx';
import { Stat } from '#app/_ui/stat.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { KeptRows } from './kept-rows.tsx';
import { useKeptText } from './kept-text.ts';

type Undo = NonNullable<inferRouterOutputs<AppRouter>['imports']['get']['undo']>;

const titles = { running: 'undoing', done: 'undone', failed: 'undoneSoFar' } as const satisfies Record<Undo['status'], string>;

interface UndoOutcomeProps {
  slug: string;
  importId: string;
  undo: Undo;
}

export function UndoOutcome({ slug, importId, undo }: UndoOutcomeProps) {
  const t = useTranslations('imports.run');
  const format = useFormatter();
  const keptText = useKeptText();
  const kept = Object.entries(undo.kept).sort(([, a], [, b]) => b - a);
  const keptRows = kept.reduce((sum, [, count]) => sum + count, 0);
  return (
    <>
      {undo.status === 'failed' && (
        <p role="alert" className="mb-6 max-w-2xl rounded-md bg-failed-soft px-3 py-2 text-failed">
          {t('undoFailed')}
        </p>
      )}
      <Section title={t(titles[undo.status])}>
        {undo.status === 'running' && (
          <div className="mb-5 max-w-2xl">
            <Progress label={t('undoing')} value={null} />
            <p className="mt-2 text-muted">{t('undoLeave')}</p>
          </div>
        )}
        <div aria-live="polite" className="grid grid-cols-2 gap-x-10 gap-y-5 sm:flex sm:flex-wrap">
          <Stat label={t('undoDeleted')} value={format.number(undo.deleted)} />
          <Stat label={t('undoRestored')} value={format.number(undo.restored)} />
          <Stat label={t('undoEnded')} value={format.number(undo.enrolmentsEnded)} />
          <Stat label={t('undoKeptRows')} value={format.number(keptRows)} />
        </div>
        {undo.status === 'done' && keptRows === 0 && <p className="mt-4 text-muted">{t('undoWhole')}</p>}
      </Section>
      {kept.length > 0 && (
        <Section title={t('undoKept')} description={t('undoKeptDescription')}>
          <ul className="mb-5 max-w-3xl border-line border-t">
            {kept.map(([reason, count]) => (
              <li key={reason} className="flex items-baseline justify-between gap-4 border-line border-b py-2">
                <span>{keptText(reason)}</span>
                <span className="tabular-nums">{format.number(count)}</span>
              </li>
            ))}
          </ul>
          {undo.status !== 'running' && <KeptRows slug={slug} importId={importId} />}
        </Section>
      )}
    </>
  );
}
