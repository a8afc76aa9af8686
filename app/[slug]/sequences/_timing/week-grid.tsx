'use client';
/** Seven days of half-hour cells, painted with the mouse or the keyboard. One tab stop; arrows move, space marks,
 *  Shift with an arrow paints on. */
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { cn } from '#app/_ui/class-names.ts';
import { weekdays, type Window } from '#server/domain/time/schema.ts';
import { timeOfMinutes } from '#server/domain/time/wall-clock.ts';
import type { WindowMeaning } from './window-editor.tsx';
import { type Brush, CELL_MINUTES, CELLS_PER_DAY, type CellState, cellsOf, paint } from './paint-window.ts';

interface Cell {
  readonly day: number;
  readonly cell: number;
}

const moves: Record<string, readonly [day: number, cell: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};
const clamp = (value: number, last: number) => Math.min(last, Math.max(0, value));

export function WeekGrid({
  value,
  onChange,
  meaning = 'allowed',
  disabled,
}: {
  value: Window;
  onChange: (window: Window) => void;
  meaning?: WindowMeaning;
  disabled?: boolean | undefined;
}) {
  const t = useTranslations('time');
  const surface = useRef<HTMLTableElement>(null);
  const [stroke, setStroke] = useState<Brush | null>(null);
  const [current, setCurrent] = useState<Cell>({ day: 0, cell: 18 });
  const cells = cellsOf(stroke ? paint(value, stroke) : value);
  const stateOf = ({ day, cell }: Cell): CellState => cells[day]?.[cell] ?? 'closed';

  const cellAt = (event: PointerEvent): Cell => {
    const box = surface.current?.getBoundingClientRect();
    if (!box) return current;
    return {
      day: clamp(Math.floor(((event.clientY - box.top) / box.height) * 7), 6),
      cell: clamp(Math.floor(((event.clientX - box.left) / box.width) * CELLS_PER_DAY), CELLS_PER_DAY - 1),
    };
  };
  const begin = (event: PointerEvent<HTMLTableElement>) => {
    if (disabled || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const cell = cellAt(event);
    setCurrent(cell);
    setStroke({ from: cell, to: cell, open: stateOf(cell) !== 'open' });
  };
  const finish = () => {
    if (stroke) onChange(paint(value, stroke));
    setStroke(null);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      if (!disabled) onChange(paint(value, { from: current, to: current, open: stateOf(current) !== 'open' }));
      return;
    }
    const edge = event.key === 'Home' ? 0 : event.key === 'End' ? CELLS_PER_DAY - 1 : null;
    const move = moves[event.key];
    if (!move && edge === null) return;
    event.preventDefault();
    const next = move
      ? { day: clamp(current.day + move[0], 6), cell: clamp(current.cell + move[1], CELLS_PER_DAY - 1) }
      : { day: current.day, cell: edge ?? 0 };
    if (event.shiftKey && !disabled) onChange(paint(value, { from: current, to: next, open: stateOf(current) !== 'closed' }));
    setCurrent(next);
    surface.current?.querySelector<HTMLElement>(`[data-cell="${next.day}-${next.cell}"]`)?.focus();
  };

  return (
    <div className="grid grid-cols-[2.5rem_1fr] gap-x-1">
      <div aria-hidden="true" className="relative col-start-2 h-5 text-muted text-xs">
        <span className="absolute left-0">00</span>
        <span className="-translate-x-1/2 absolute left-1/4">06</span>
        <span className="-translate-x-1/2 absolute left-1/2">12</span>
        <span className="-translate-x-1/2 absolute left-3/4">18</span>
        <span className="absolute right-0">24</span>
      </div>
      <div aria-hidden="true" className="flex flex-col">
        {weekdays.map((weekday) => (
          <span key={weekday} className="flex h-7 items-center text-muted text-xs">
            {t(`weekdayShort.${weekday}`)}
          </span>
        ))}
      </div>
      <table
        ref={surface}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- the ARIA grid pattern is a table whose cells are edited
        role="grid"
        aria-label={t(`window.label.${meaning}`)}
        aria-disabled={disabled || undefined}
        onPointerDown={begin}
        onPointerMove={(event) => stroke && setStroke({ ...stroke, to: cellAt(event) })}
        onPointerUp={finish}
        onPointerCancel={() => setStroke(null)}
        onKeyDown={press}
        className={cn(
          'w-full table-fixed touch-pan-y select-none border-separate border-spacing-0 overflow-hidden rounded-md ring-1 ring-line-strong',
          disabled ? 'opacity-60' : 'cursor-crosshair',
        )}
      >
        <tbody>
          {cells.map((day, dayIndex) => (
            <tr key={weekdays[dayIndex]} className="group h-7">
              {day.map((state, cell) => {
                const label = { weekday: t(`weekday.${weekdays[dayIndex] ?? 'mon'}`), ...spanOf(cell) };
                return (
                  <td
                    key={label.from}
                    data-cell={`${dayIndex}-${cell}`}
                    tabIndex={dayIndex === current.day && cell === current.cell ? 0 : -1}
                    aria-selected={state !== 'closed'}
                    aria-label={t(`window.cell.${meaning}.${state === 'closed' ? 'off' : 'on'}`, label)}
                    onFocus={() => setCurrent({ day: dayIndex, cell })}
                    className={cn(
                      'h-7 border-line border-b p-0 outline-offset-[-2px] focus-visible:outline-2 focus-visible:outline-focus group-last:border-b-0',
                      cell > 0 && cell % 2 === 0 && 'border-l',
                      cell > 0 && cell % 12 === 0 && 'border-l-line-strong',
                      state === 'open' && (meaning === 'quiet' ? 'bg-muted/60' : 'bg-ink/80'),
                      state === 'partly' && (meaning === 'quiet' ? 'bg-muted/30' : 'bg-ink/40'),
                      state === 'closed' && 'bg-raised hover:bg-sunken',
                    )}
                  />
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function spanOf(cell: number): { from: string; to: string } {
  return { from: timeOfMinutes(cell * CELL_MINUTES), to: timeOfMinutes((cell + 1) * CELL_MINUTES) };
}
