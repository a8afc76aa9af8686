'use client';
/** A sending window, or quiet hours, or neither: the switch for "any time", the painted week, models, the same hours typed. */
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { Switch } from '#app/_ui/switch.tsx';
import { oppositeOf, windowPresets } from '#server/domain/time/presets.ts';
import type { Window } from '#server/domain/time/schema.ts';
import { openMinutes, repeatMonday } from './paint-window.ts';
import { PresetMenu } from './preset-menu.tsx';
import { TypedHours } from './typed-hours.tsx';
import { WeekGrid } from './week-grid.tsx';

const firstHours: Record<WindowMeaning, Window> = {
  allowed: windowPresets.brazilCommercial.window,
  quiet: oppositeOf(windowPresets.usFederal.window),
};

/** Whether the painted hours are those in which sending is allowed, or those in which nothing may be sent. */
export type WindowMeaning = 'allowed' | 'quiet';

interface WindowEditorProps {
  /** Null: no window, always open; or no quiet hours. */
  value: Window | null;
  onChange: (window: Window | null) => void;
  meaning?: WindowMeaning;
  /** The words of the switch, where they are others than usual. */
  switchLabel?: string;
  switchHint?: string;
  disabled?: boolean;
}

export function WindowEditor({ value, onChange, meaning = 'allowed', switchLabel, switchHint, disabled }: WindowEditorProps) {
  const t = useTranslations('time.window');
  const amount = useTranslations('time.amount');
  const [kept, setKept] = useState<Window>(value ?? firstHours[meaning]);
  const toggle = (none: boolean) => {
    if (value) setKept(value);
    onChange(none ? null : kept);
  };
  const minutes = value ? openMinutes(value) : 0;
  const hours = amount('hours', { count: Math.round((minutes / 60) * 10) / 10 });
  const isImpossible = minutes === (meaning === 'allowed' ? 0 : 7 * 1_440);
  return (
    <div className="flex flex-col gap-3">
      <Switch
        checked={value === null}
        onCheckedChange={toggle}
        disabled={disabled}
        label={switchLabel ?? t(`none.${meaning}`)}
        hint={switchHint ?? t(`noneHint.${meaning}`)}
      />
      {value && (
        <>
          <WeekGrid value={value} onChange={onChange} meaning={meaning} disabled={disabled} />
          {isImpossible ? (
            <output className="text-danger-text text-xs">{t(`impossible.${meaning}`)}</output>
          ) : (
            <p className="text-muted text-xs">
              {t(`total.${meaning}`, { hours })} · {t('help')}
            </p>
          )}
          <PresetMenu value={value} onChange={onChange} meaning={meaning} disabled={disabled} />
          <div className="flex flex-wrap items-center gap-2">
            <Button size="sm" disabled={disabled} onClick={() => onChange(repeatMonday(value))}>
              {t('copyToWeekdays')}
            </Button>
            <Button size="sm" variant="quiet" disabled={disabled} onClick={() => onChange({ weekly: {} })}>
              {t('clear')}
            </Button>
          </div>
          <details>
            <summary className="cursor-pointer rounded-md py-1 text-sm underline decoration-line-strong/60 underline-offset-4">
              {t('typed')}
            </summary>
            <div className="pt-2">
              <TypedHours value={value} onChange={onChange} disabled={disabled} />
            </div>
          </details>
        </>
      )}
    </div>
  );
}
