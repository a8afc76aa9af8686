'use client';
/** A simulation on the beat line: every step with its day, its local time, and why it is then. */
import { useLocale, useTranslations } from 'next-intl';
import { BeatItem, BeatLine } from '#app/_ui/beat-line.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import { Select } from '#app/_ui/select.tsx';
import { compileDefinition } from '#server/domain/definition/compile.ts';
import { outcomesOf } from '#server/domain/definition/outcomes.ts';
import type { Definition, Step } from '#server/domain/definition/schema.ts';
import type { SimulatedStep, Simulation } from '#server/domain/simulate.ts';
import { dayOfWall, wallAt } from '#server/domain/time/wall-clock.ts';
import { ReasonSentence } from './reason-sentence.tsx';
import { stepTitle } from './step-title.ts';

interface SimulationTimelineProps {
  definition: Definition;
  simulation: Simulation;
  startAt: Date;
  zone: string;
  onOutcomeChange: (stepKey: string, outcome: string) => void;
  /** Opens a step beside the simulation. */
  onStepSelect?: ((stepKey: string) => void) | undefined;
}

export function SimulationTimeline({ definition, simulation, startAt, zone, onOutcomeChange, onStepSelect }: SimulationTimelineProps) {
  const t = useTranslations('time');
  const { steps } = compileDefinition(definition);
  const dayNumber = (at: Date) => dayOfWall(wallAt(at.getTime(), zone)) - dayOfWall(wallAt(startAt.getTime(), zone)) + 1;
  const { end } = simulation;
  return (
    <BeatLine label={t('simulation.steps')}>
      <BeatItem first tone="accent" time={<DateTime at={startAt.toISOString()} zone={zone} />}>
        <p>{t('simulation.enrolled')}</p>
      </BeatItem>
      {simulation.steps.map((simulated) => {
        const found = steps.get(simulated.stepKey);
        if (!found) return null;
        return (
          <BeatItem
            key={simulated.stepKey}
            future
            tone={simulated.skipped ? 'neutral' : 'waiting'}
            time={
              simulated.plannedAt && (
                <span className={simulated.skipped ? 'line-through' : undefined}>
                  {!simulated.skipped && `${t('simulation.dayNumber', { day: dayNumber(simulated.plannedAt) })} · `}
                  <DateTime at={simulated.plannedAt.toISOString()} zone={zone} />
                </span>
              )
            }
          >
            <StepBeat
              step={found.step}
              simulated={simulated}
              onSelect={onStepSelect && (() => onStepSelect(found.step.key))}
              onOutcomeChange={(outcome) => onOutcomeChange(found.step.key, outcome)}
            />
          </BeatItem>
        );
      })}
      <BeatItem last tone={end.kind === 'neverOpens' ? 'failed' : 'neutral'}>
        <p className={end.kind === 'neverOpens' ? 'text-failed' : 'text-muted'}>{t(`simulation.end.${end.kind}`)}</p>
      </BeatItem>
    </BeatLine>
  );
}

interface StepBeatProps {
  step: Step;
  simulated: SimulatedStep;
  onSelect: (() => void) | undefined;
  onOutcomeChange: (outcome: string) => void;
}

function StepBeat({ step, simulated, onSelect, onOutcomeChange }: StepBeatProps) {
  const t = useTranslations('time');
  const locale = useLocale();
  const title = stepTitle(step, t);
  const outcomes = outcomesOf(step);
  const outcomeLabel = (outcome: string) =>
    t.has(`simulation.outcomes.${outcome}` as never) ? t(`simulation.outcomes.${outcome}` as never) : outcome;
  return (
    <div lang={locale} className="flex flex-col gap-1">
      {onSelect ? (
        <button type="button" onClick={onSelect} className="w-fit max-w-full truncate rounded-md text-left font-medium hover:underline">
          {title}
        </button>
      ) : (
        <p className="truncate font-medium">{title}</p>
      )}
      {simulated.skipped && <p className="text-muted text-xs">{t(`skip.${simulated.skipped}`)}</p>}
      {!simulated.skipped && (
        <ReasonSentence from={simulated.movedFrom?.toISOString() ?? null} reasons={simulated.reasons} zone={simulated.zone} />
      )}
      {!simulated.skipped && outcomes.length > 0 && (
        <div className="flex flex-wrap items-center gap-2 text-muted text-xs">
          <span>{t('simulation.outcome')}</span>
          <Select
            className="h-8 w-auto"
            aria-label={t('simulation.outcome')}
            value={simulated.outcome}
            onValueChange={onOutcomeChange}
            options={outcomes.map((outcome) => ({ value: outcome, label: outcomeLabel(outcome) }))}
          />
        </div>
      )}
    </div>
  );
}
