'use client';
/** A step on the line: what it is, by which account, its first line, what is wrong with it, who stands there. */
import { Bot, CircleAlert, GripVertical, LogOut, type LucideIcon, MessageSquareText, Shapes } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '#app/_ui/class-names.ts';
import { StateMark } from '#app/_ui/state-mark.tsx';
import type { Step } from '#server/domain/definition/schema.ts';
import { useBuilder } from './builder-context.tsx';
import { endingPaths } from './outcome-path.ts';
import type { ListPlace } from './plan-tree.ts';
import { RailMark } from './rail.tsx';
import { StepActions } from './step-actions.tsx';
import { useStepWords } from './step-title.ts';

const icons: Partial<Record<Step['type'], LucideIcon>> = { message: MessageSquareText, chatbot: Bot, exit: LogOut };

export function StepMark({ step }: { step: Step }) {
  const Icon = icons[step.type] ?? Shapes;
  return (
    <RailMark>
      <Icon />
    </RailMark>
  );
}

interface StepCardProps {
  step: Step;
  place: ListPlace;
  index: number;
  count: number;
  handleRef: (element: Element | null) => void;
}

export function StepCard({ step, place, index, count, handleRef }: StepCardProps) {
  const t = useTranslations('sequences.builder');
  const { mayEdit, selectedKey, select, problems, waiting, sequence } = useBuilder();
  const { position, type, channel, line } = useStepWords()(step);
  const wrong = problems.filter((problem) => problem.stepKey === step.key).length;
  const people = waiting.get(step.key) ?? 0;
  const selected = selectedKey === step.key;
  return (
    <div
      className={cn(
        'relative flex items-start gap-1 rounded-md border bg-raised py-2.5 pr-1.5 pl-3 transition-colors',
        selected ? 'border-ink' : wrong > 0 ? 'border-danger' : 'border-line hover:border-line-strong',
      )}
    >
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline gap-x-2 text-xs">
          <span className="text-muted tabular-nums">{position}</span>
          <span className="font-medium">{step.name || type}</span>
          {channel && <span className="text-muted">{t('via', { channel })}</span>}
        </div>
        <button
          type="button"
          id={stepButtonId(step.key)}
          aria-pressed={selected}
          aria-label={t('edit', { position, title: line ?? t('noText') })}
          onClick={() => select(selected ? null : step.key)}
          className={cn(
            'mt-0.5 block w-full truncate rounded-md text-left after:absolute after:inset-0 after:rounded-md focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-focus',
            !line && 'text-muted italic',
          )}
        >
          {line ?? t('noText')}
        </button>
        <PathSummary step={step} />
        {(wrong > 0 || people > 0) && (
          <div className="mt-1 flex flex-wrap gap-x-4 text-xs">
            {wrong > 0 && (
              <span className="inline-flex items-center gap-1.5 text-danger-text">
                <CircleAlert className="size-3.5" aria-hidden="true" />
                {t('problems', { count: wrong })}
              </span>
            )}
            {people > 0 && (
              <span className="inline-flex items-center gap-1.5 text-waiting">
                <StateMark tone="waiting" className="size-2" />
                {t(sequence.waitingIsExact ? 'waiting' : 'waitingAbout', { count: people })}
              </span>
            )}
          </div>
        )}
      </div>
      {mayEdit && (
        <div className="relative flex items-center">
          <StepActions step={step} place={place} index={index} count={count} />
          <button
            ref={handleRef}
            type="button"
            aria-label={t('drag', { position })}
            className="flex size-8 cursor-grab touch-none items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink active:cursor-grabbing"
          >
            <GripVertical className="size-4" aria-hidden="true" />
          </button>
        </div>
      )}
    </div>
  );
}

/** Outcomes that end the enrolment, each with the number of its exit. */
function PathSummary({ step }: { step: Step }) {
  const t = useTranslations('sequences');
  const { numbers } = useBuilder();
  return endingPaths(step).map(([outcome, exit]) => (
    <p key={outcome} className="mt-0.5 text-muted text-xs">
      <span className="mr-2 tabular-nums">{numbers.get(exit.key)}</span>
      {t('builder.pathEnds', { outcome: t(`outcomes.${outcome}`) })}
    </p>
  ));
}

/** Where focus returns when the panel of a step closes. */
export function stepButtonId(key: string): string {
  return `step-${key}`;
}
