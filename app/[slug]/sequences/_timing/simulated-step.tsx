'use client';
/** One step of a simulation in words: what it is, why it is then, and how it ends where it can end in several ways. */
import { useLocale, useTranslations } from 'next-intl';
import { Select } from '#app/_ui/select.tsx';
import { holidaysBetween } from '#server/domain/calendar/holidays-between.ts';
import type { ClosedDates } from '#server/domain/definition/compile.ts';
import { outcomesOf } from '#server/domain/definition/outcomes.ts';
import type { Step } from '#server/domain/definition/schema.ts';
import type { SimulatedStep } from '#server/domain/simulate.ts';
import { ReasonSentence } from './reason-sentence.tsx';
import { stepTitle } from './step-title.ts';

interface SimulatedStepTextProps {
  step: Step;
  simulated: SimulatedStep;
  closedDates: ClosedDates;
  /** Opens the step beside the simulation. */
  onSelect?: (() => void) | undefined;
  onOutcomeChange: (outcome: string) => void;
}

/** The holidays that a step was moved over. */
export function holidaysOfStep({ movedFrom, plannedAt, reasons, zone }: SimulatedStep, closedDates: ClosedDates) {
  return movedFrom && plannedAt && reasons.includes('holiday') ? holidaysBetween(closedDates, movedFrom, plannedAt, zone) : [];
}

export function SimulatedStepText({ step, simulated, closedDates, onSelect, onOutcomeChange }: SimulatedStepTextProps) {
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
      {simulated.skipped ? (
        <p className="text-muted text-xs">{t(`skip.${simulated.skipped}`)}</p>
      ) : (
        <ReasonSentence
          from={simulated.movedFrom?.toISOString() ?? null}
          reasons={simulated.reasons}
          zone={simulated.zone}
          holidays={holidaysOfStep(simulated, closedDates)}
        />
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
