'use client';
/** Two people changed the same draft: both are shown, one is kept. */
import { useTranslations } from 'next-intl';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import type { Definition } from '#server/domain/definition/schema.ts';
import { useStepWords } from './step-title.ts';
import type { OtherDraft } from './use-draft.ts';

interface ConflictDialogProps {
  mine: Definition;
  other: OtherDraft;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}

export function ConflictDialog({ mine, other, onKeepMine, onTakeTheirs }: ConflictDialogProps) {
  const t = useTranslations('sequences.save');
  return (
    <Dialog
      open
      size="lg"
      title={t('conflictTitle')}
      description={t('conflictText')}
      footer={
        <>
          <Button onClick={onTakeTheirs}>{t('takeTheirs')}</Button>
          <Button variant="primary" onClick={onKeepMine}>
            {t('keepMine')}
          </Button>
        </>
      }
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <DraftSummary title={t('mine')} definition={mine} />
        <DraftSummary title={t('theirs')} definition={other.definition} />
      </div>
    </Dialog>
  );
}

function DraftSummary({ title, definition }: { title: string; definition: Definition }) {
  const t = useTranslations('sequences');
  const words = useStepWords();
  return (
    <section className="min-w-0 rounded-md border border-line p-3">
      <h3 className="font-medium">{title}</h3>
      <p className="text-muted text-xs">{t('save.stepsCount', { count: definition.steps.length })}</p>
      <ol className="mt-2 flex flex-col gap-1">
        {definition.steps.map((step) => {
          const { type, line } = words(step);
          return (
            <li key={step.key} className="truncate">
              <span className="text-muted">{type}</span> {line ?? t('builder.noText')}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
