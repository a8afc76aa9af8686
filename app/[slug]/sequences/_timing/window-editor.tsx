'use client';
/** A sending window, or none: the switch for "any time", the painted week, and the same hours typed. */
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { Switch } from '#app/_ui/switch.tsx';
import type { Block, Window } from '#server/domain/time/schema.ts';
import { openMinutes, repeatMonday } from './paint-window.ts';
import { TypedHours } from './typed-hours.tsx';
import { WeekGrid } from './week-grid.tsx';

const officeDay: Block[] = [['09:00', '18:00']];
const officeHours: Window = { weekly: { mon: officeDay, tue: officeDay, wed: officeDay, thu: officeDay, fri: officeDay } };

interface WindowEditorProps {
  /** Null: no window, always open. */
  value: Window | null;
  onChange: (window: Window | null) => void;
  disabled?: boolean;
}

export function WindowEditor({ value, onChange, disabled }: WindowEditorProps) {
  const t = useTranslations('time');
  const [kept, setKept] = useState<Window>(value ?? officeHours);
  const toggle = (always: boolean) => {
    if (value) setKept(value);
    onChange(always ? null : kept);
  };
  const minutes = value ? openMinutes(value) : 0;
  return (
    <div className="flex flex-col gap-3">
      <Switch
        checked={value === null}
        onCheckedChange={toggle}
        disabled={disabled}
        label={t('window.always')}
        hint={t('window.alwaysHint')}
      />
      {value && (
        <>
          <WeekGrid value={value} onChange={onChange} disabled={disabled} />
          <div className="flex flex-wrap items-center gap-2">
            <Button size="sm" disabled={disabled} onClick={() => onChange(officeHours)}>
              {t('window.office')}
            </Button>
            <Button size="sm" disabled={disabled} onClick={() => onChange(repeatMonday(value))}>
              {t('window.copyToWeekdays')}
            </Button>
            <Button size="sm" variant="quiet" disabled={disabled} onClick={() => onChange({ weekly: {} })}>
              {t('window.clear')}
            </Button>
          </div>
          {minutes === 0 ? (
            <output className="text-danger-text text-xs">{t('window.neverOpens')}</output>
          ) : (
            <p className="text-muted text-xs">
              {t('window.total', { hours: t('amount.hours', { count: Math.round((minutes / 60) * 10) / 10 }) })} · {t('window.help')}
            </p>
          )}
          <details>
            <summary className="cursor-pointer rounded-md py-1 text-sm underline decoration-line-strong/60 underline-offset-4">
              {t('window.typed')}
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
