'use client';
/** Between two cards: how long it waits, and when that would be for somebody who entered now. */
import { useLocale, useTranslations } from 'next-intl';
import { formatDate } from '#app/_ui/format-date.ts';
import { useReaderTime } from '#app/_ui/reader-time.tsx';
import { closedDatesOf } from '#server/domain/definition/compile.ts';
import type { Step } from '#server/domain/definition/schema.ts';
import { holidaysOfStep } from '../../_timing/simulated-step.tsx';
import { reasonsText } from '../../_timing/reason-text.ts';
import { TimingSentence } from '../../_timing/timing-sentence.tsx';
import { useBuilder } from './builder-context.tsx';

export function WaitLine({ step }: { step: Step }) {
  const { fields } = useBuilder();
  const labelOf = (key: string) => fields.find((field) => field.key === key)?.label ?? key;
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4 pt-1 pb-2 text-sm">
      <span className="text-muted">
        <TimingSentence timing={step.timing} fieldLabel={labelOf} />
      </span>
      <ComputedDay step={step} />
    </div>
  );
}

function ComputedDay({ step }: { step: Step }) {
  const t = useTranslations('sequences.builder');
  const tTime = useTranslations('time');
  const locale = useLocale();
  const { now } = useReaderTime();
  const { schedule, zone, definition, sequence } = useBuilder();
  const scheduled = schedule.get(step.key);
  if (!scheduled) return <span className="text-muted text-xs">{t('notReached')}</span>;
  if (!scheduled.plannedAt || scheduled.skipped) return <span className="text-muted text-xs">{t('skipped')}</span>;
  const time = formatDate(scheduled.plannedAt, { locale, zone, readerZone: zone, now, style: 'weekdayTime' });
  const holidays = holidaysOfStep(scheduled, closedDatesOf(definition, sequence.planning.rules));
  const reasons = reasonsText(scheduled.reasons, { t: tTime, locale, holidays });
  return (
    <span className="ml-auto text-right">
      <time dateTime={scheduled.plannedAt.toISOString()} className="font-medium">
        {t('day', { day: scheduled.day, time })}
      </time>
      {reasons && <span className="block text-muted text-xs">{t('movedBecause', { reasons })}</span>}
    </span>
  );
}
