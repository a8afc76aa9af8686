'use client';
/** The draft against what is live, step by step, with the people who stand there. */
import { useFormatter, useTranslations } from 'next-intl';
import { Badge } from '#app/_ui/badge.tsx';
import { StateMark } from '#app/_ui/state-mark.tsx';
import type { DefinitionDiff, StepChange } from '#server/domain/definition/diff.ts';
import { useBuilder } from './builder-context.tsx';
import { useStepWords } from './step-title.ts';

interface PublishChangesProps {
  diff: DefinitionDiff;
  waiting: readonly { stepKey: string; count: number }[];
}

export function PublishChanges({ diff, waiting }: PublishChangesProps) {
  const t = useTranslations('sequences.publish');
  const format = useFormatter();
  const counts = new Map(waiting.map((step) => [step.stepKey, step.count]));
  const nothing = diff.steps.length === 0 && diff.settings.length === 0;
  return (
    <section>
      <h3 className="font-medium">{t('changes')}</h3>
      {nothing ? (
        <p className="mt-1 text-muted">{t('nothingChanged')}</p>
      ) : (
        <ul className="mt-2">
          {diff.settings.length > 0 && (
            <li className="flex flex-wrap gap-3 border-line border-b py-2 last:border-b-0">
              <Badge className="w-24 justify-center">{t('changed')}</Badge>
              {format.list(diff.settings.map((field) => t(`fields.${field}`)))}
            </li>
          )}
          {diff.steps.map((change) => (
            <ChangeLine key={`${change.kind} ${change.stepKey}`} change={change} people={counts.get(change.stepKey) ?? 0} />
          ))}
        </ul>
      )}
    </section>
  );
}

function ChangeLine({ change, people }: { change: StepChange; people: number }) {
  const t = useTranslations('sequences.publish');
  const tBuilder = useTranslations('sequences.builder');
  const format = useFormatter();
  const { numbers } = useBuilder();
  const { position, type, line } = useStepWords()(change.step);
  const survivor = change.kind === 'removed' && change.survivorKey ? numbers.get(change.survivorKey) : undefined;
  return (
    <li className="flex flex-wrap gap-x-3 gap-y-1 border-line border-b py-2 last:border-b-0 sm:flex-nowrap">
      <Badge className="w-24 shrink-0 justify-center">{t(change.kind)}</Badge>
      <div className="min-w-0 flex-1">
        <p className="truncate">
          {change.kind !== 'removed' && <span className="text-muted tabular-nums">{position} </span>}
          <span className="text-muted">{type}</span> {line ?? tBuilder('noText')}
        </p>
        {change.kind === 'changed' && (
          <p className="text-muted text-xs">{format.list(change.aspects.map((aspect) => t(`aspects.${aspect}`)))}</p>
        )}
        {people > 0 && (
          <p className="flex flex-wrap items-center gap-1.5 text-waiting text-xs">
            <StateMark tone="waiting" className="size-2" />
            {t('waitingHere', { count: people })}
            {change.kind === 'removed' && (
              <span className="text-muted">{survivor ? t('goesOn', { position: survivor }) : t('leaves')}</span>
            )}
          </p>
        )}
      </div>
    </li>
  );
}
