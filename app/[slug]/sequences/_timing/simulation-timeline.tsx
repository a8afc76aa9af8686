'use client';
/** A simulation on the beat line: every step with its day, its local time, and why it is then. */
import { useTranslations } from 'next-intl';
import { BeatItem, BeatLine } from '#app/_ui/beat-line.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import { dayOfWall, wallAt } from '#server/domain/time/wall-clock.ts';
import { SimulatedStepText } from './simulated-step.tsx';
import type { SimulationViewProps } from './simulation-view.ts';

export function SimulationTimeline({ compiled, simulation, closedDates, startAt, zone, ...on }: SimulationViewProps) {
  const t = useTranslations('time');
  const dayNumber = (at: Date) => dayOfWall(wallAt(at.getTime(), zone)) - dayOfWall(wallAt(startAt.getTime(), zone)) + 1;
  const { end } = simulation;
  return (
    <BeatLine label={t('simulation.steps')}>
      <BeatItem first tone="accent" time={<DateTime at={startAt.toISOString()} zone={zone} />}>
        <p>{t('simulation.enrolled')}</p>
      </BeatItem>
      {simulation.steps.map((simulated) => {
        const found = compiled.steps.get(simulated.stepKey);
        if (!found) return null;
        const { step } = found;
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
            <SimulatedStepText
              step={step}
              simulated={simulated}
              closedDates={closedDates}
              onSelect={on.onStepSelect && (() => on.onStepSelect?.(step.key))}
              onOutcomeChange={(outcome) => on.onOutcomeChange(step.key, outcome)}
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
