'use client';
/** A list of steps on the beat line: wait, card, `+`, wait, card … The paths of a step are lists beside the line, and rejoin it. */
import { useTranslations } from 'next-intl';
import type { Step } from '#server/domain/definition/schema.ts';
import { StateMark } from '#app/_ui/state-mark.tsx';
import { cn } from '#app/_ui/class-names.ts';
import { AddStepMenu } from './add-step-menu.tsx';
import { useBuilder } from './builder-context.tsx';
import { ownPaths } from './outcome-path.ts';
import type { ListPlace } from './plan-tree.ts';
import { RailRow } from './rail.tsx';
import { useSortableStep } from './sortable.tsx';
import { StepCard, StepMark } from './step-card.tsx';
import { WaitLine } from './wait-line.tsx';

export function listIdOf({ parentKey, outcome }: ListPlace): string {
  return JSON.stringify([parentKey, outcome]);
}

export function StepList({ steps, place, label }: { steps: readonly Step[]; place: ListPlace; label: string }) {
  const { mayEdit } = useBuilder();
  return (
    <ol aria-label={label}>
      {steps.map((step, index) => (
        <StepItem key={step.key} step={step} place={place} index={index} count={steps.length} mayEdit={mayEdit} />
      ))}
    </ol>
  );
}

interface StepItemProps {
  step: Step;
  place: ListPlace;
  index: number;
  count: number;
  mayEdit: boolean;
}

function StepItem({ step, place, index, count, mayEdit }: StepItemProps) {
  const t = useTranslations('sequences');
  const { ref, handleRef, isDragging } = useSortableStep({ id: step.key, index, listId: listIdOf(place), disabled: !mayEdit });
  return (
    <li ref={ref} className={cn('bg-paper', isDragging && 'z-10 rounded-md opacity-90 shadow-float')}>
      <RailRow>
        <WaitLine step={step} />
      </RailRow>
      <RailRow mark={<StepMark step={step} />}>
        <StepCard step={step} place={place} index={index} count={count} handleRef={handleRef} />
      </RailRow>
      {ownPaths(step).map(([outcome, path]) => (
        <RailRow key={outcome}>
          <div className="mt-3">
            <RailRow first className="min-h-6" mark={<StateMark tone="neutral" />}>
              <p className="py-1 font-medium text-xs">{t(`outcomes.${outcome}`)}</p>
            </RailRow>
            <StepList steps={path} place={{ parentKey: step.key, outcome }} label={t(`outcomes.${outcome}`)} />
          </div>
        </RailRow>
      ))}
      <RailRow mark={mayEdit ? <AddStepMenu at={{ ...place, index: index + 1 }} /> : undefined} className="min-h-10" />
    </li>
  );
}
