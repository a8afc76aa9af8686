'use client';
/** A simulation as a calendar: weeks in rows, every step on its local day, and where it would have gone before it was moved.
 *  Pressing a step tells why it is then. */
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { DateTime } from '#app/_ui/date-time.tsx';
import { weekdays } from '#server/domain/time/schema.ts';
import { SimulatedStepText } from './simulated-step.tsx';
import { SimulationDayCell } from './simulation-day-cell.tsx';
import type { SimulationViewProps } from './simulation-view.ts';
import { simulationRows } from './simulation-weeks.ts';

/** `large`: with the words of the steps in the cells. */
export function SimulationCalendar({ large = false, ...view }: SimulationViewProps & { large?: boolean }) {
  const { compiled, simulation, closedDates, zone } = view;
  const t = useTranslations('time');
  const [pressedKey, setPressedKey] = useState<string | null>(null);
  const rows = simulationRows(view);
  const pressed = simulation.steps.find((step) => step.stepKey === pressedKey);
  const step = pressed && compiled.steps.get(pressed.stepKey)?.step;
  const undated = simulation.steps.filter((one) => one.plannedAt === null);
  return (
    <div className="flex flex-col gap-3">
      <table className="w-full table-fixed border-separate border-spacing-0 border-line border-b">
        <caption className="sr-only">{t('simulation.calendar')}</caption>
        <thead>
          <tr>
            {weekdays.map((weekday) => (
              <th key={weekday} scope="col" abbr={t(`weekday.${weekday}`)} className="pb-1 text-center font-normal text-muted text-xs">
                {t(`weekdayShort.${weekday}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) =>
            row.kind === 'gap' ? (
              // oxlint-disable-next-line react/no-array-index-key -- a gap has no name but its place
              <tr key={`gap ${index}`}>
                <td colSpan={7} className="border-line border-t py-1.5 text-center text-muted text-xs">
                  {t('simulation.gap', { count: row.weeks })}
                </td>
              </tr>
            ) : (
              <tr key={row.days[0]?.on}>
                {row.days.map((day, weekday) => (
                  <SimulationDayCell
                    key={day.on}
                    day={day}
                    isMonthNamed={day.on.endsWith('-01') || (weekday === 0 && (index === 0 || rows[index - 1]?.kind === 'gap'))}
                    view={view}
                    large={large}
                    pressedKey={pressedKey}
                    onPress={(key) => setPressedKey(key === pressedKey ? null : key)}
                  />
                ))}
              </tr>
            ),
          )}
        </tbody>
      </table>
      <div aria-live="polite" className="rounded-md bg-sunken px-3 py-2">
        {pressed && step ? (
          <>
            {pressed.plannedAt && (
              <p className="text-muted text-xs">
                <DateTime at={pressed.plannedAt.toISOString()} zone={zone} />
              </p>
            )}
            <SimulatedStepText
              step={step}
              simulated={pressed}
              closedDates={closedDates}
              onSelect={view.onStepSelect && (() => view.onStepSelect?.(step.key))}
              onOutcomeChange={(outcome) => view.onOutcomeChange(step.key, outcome)}
            />
          </>
        ) : (
          <p className="text-muted text-xs">{t('simulation.hint')}</p>
        )}
      </div>
      {undated.length > 0 && (
        <p className="text-muted text-xs">
          {t('simulation.skippedWithoutDate', { steps: undated.map((one) => compiled.steps.get(one.stepKey)?.position ?? '').join(', ') })}
        </p>
      )}
      <p className={simulation.end.kind === 'neverOpens' ? 'text-failed text-xs' : 'text-muted text-xs'}>
        {t(`simulation.end.${simulation.end.kind}`)}
      </p>
    </div>
  );
}
