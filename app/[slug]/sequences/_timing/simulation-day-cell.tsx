'use client';
/** One day of the simulation's calendar, with the steps that stand on it. */
import { useLocale, useTranslations } from 'next-intl';
import { cn } from '#app/_ui/class-names.ts';
import { formatDate } from '#app/_ui/format-date.ts';
import { useReaderTime } from '#app/_ui/reader-time.tsx';
import { reasonsText } from './reason-text.ts';
import { holidaysOfStep } from './simulated-step.tsx';
import type { SimulationViewProps } from './simulation-view.ts';
import type { DayMark, SimulationDay } from './simulation-weeks.ts';
import { stepTitle } from './step-title.ts';

interface DayCellProps {
  day: SimulationDay;
  /** The month is written beside the day: its first, or the first of the calendar. */
  isMonthNamed: boolean;
  view: SimulationViewProps;
  large: boolean;
  pressedKey: string | null;
  onPress: (stepKey: string) => void;
}

export function SimulationDayCell({ day, isMonthNamed, view, large, pressedKey, onPress }: DayCellProps) {
  const t = useTranslations('time.simulation');
  const locale = useLocale();
  const { now } = useReaderTime();
  const { holiday, isClosed, isStart } = day;
  const noon = new Date(`${day.on}T12:00:00Z`);
  const spoken = formatDate(noon, { locale, zone: 'UTC', readerZone: 'UTC', now, style: 'date' });
  const month = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' }).format(noon).replace('.', '');
  return (
    <td className={cn('h-14 border-line border-t p-0.5 align-top', large && 'h-24 p-1', (isClosed || holiday) && 'bg-sunken')}>
      <p className="flex min-h-5 items-baseline justify-center gap-1 text-muted text-xs">
        <span className="sr-only">{spoken}</span>
        <span aria-hidden="true" className={cn('tabular-nums', isStart && 'rounded-full bg-accent px-1.5 font-medium text-on-accent')}>
          {day.on.slice(8)}
        </span>
        {isMonthNamed && <span aria-hidden="true">{month}</span>}
        {isStart && <span className="sr-only">{t('startDay')}</span>}
        {isClosed && !holiday && <span className="sr-only">{t('closed')}</span>}
      </p>
      {holiday && (
        <p title={holiday} className={cn('truncate text-center text-xs', !large && 'px-0.5')}>
          <span className="sr-only">{t('holiday', { name: holiday })}</span>
          <span aria-hidden="true">{holiday}</span>
        </p>
      )}
      <div className="flex flex-col gap-0.5">
        {day.marks.map((mark) => (
          <Mark
            key={`${mark.kind} ${mark.simulated.stepKey}`}
            mark={mark}
            view={view}
            large={large}
            isPressed={mark.kind === 'step' && mark.simulated.stepKey === pressedKey}
            onPress={() => onPress(mark.simulated.stepKey)}
          />
        ))}
      </div>
    </td>
  );
}

interface MarkProps {
  mark: DayMark;
  view: SimulationViewProps;
  large: boolean;
  isPressed: boolean;
  onPress: () => void;
}

function Mark({ mark, view, large, isPressed, onPress }: MarkProps) {
  const t = useTranslations('time');
  const locale = useLocale();
  const { now } = useReaderTime();
  const { simulated, position, at } = mark;
  const { zone } = view;
  const format = (instant: Date, style: 'dateTime' | 'time') => formatDate(instant, { locale, zone, readerZone: zone, now, style });
  const time = format(at, 'time');
  if (mark.kind === 'ghost') {
    return (
      <span className="block rounded-[5px] border border-line-strong/60 border-dashed px-0.5 text-center text-muted text-xs line-through">
        <span className="sr-only">{t('simulation.ghost', { position, time })}</span>
        <span aria-hidden="true">{time}</span>
      </span>
    );
  }
  const step = view.compiled.steps.get(simulated.stepKey)?.step;
  const title = step ? stepTitle(step, t) : simulated.stepKey;
  const words = { position, title, time: format(at, 'dateTime') };
  const reasons = reasonsText(simulated.reasons, { t, locale, holidays: holidaysOfStep(simulated, view.closedDates) });
  const name = simulated.skipped
    ? t('simulation.markSkipped', words)
    : simulated.movedFrom
      ? t('simulation.markMoved', { ...words, from: format(simulated.movedFrom, 'dateTime'), reasons })
      : t('simulation.mark', words);
  return (
    <button
      type="button"
      aria-pressed={isPressed}
      onClick={onPress}
      className={cn(
        'block min-h-7 w-full rounded-[5px] px-0.5 py-0.5 text-center text-xs leading-4 transition-colors',
        simulated.skipped ? 'bg-pressed text-muted line-through' : 'bg-waiting-soft text-waiting hover:bg-waiting/20',
        isPressed && 'ring-2 ring-waiting',
        large && 'px-1.5 text-left',
      )}
    >
      <span className="sr-only">{name}</span>
      <span aria-hidden="true">
        <span className={cn('block font-medium', large && 'inline')}>{large ? `${position} ` : position}</span>
        <span className={cn('block tabular-nums', large && 'inline')}>{time}</span>
        {large && <span className="block truncate">{title}</span>}
      </span>
    </button>
  );
}
