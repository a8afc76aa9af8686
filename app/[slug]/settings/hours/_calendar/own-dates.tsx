'use client';
/** Dates of the team's own: typed one by one, or read from an .ics file. */
import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { Checkbox } from '#app/_ui/checkbox.tsx';
import { Field } from '#app/_ui/field.tsx';
import { IconButton } from '#app/_ui/icon-button.tsx';
import { Input } from '#app/_ui/input.tsx';
import type { OwnDate } from '#server/domain/calendar/schema.ts';
import { LocalDate } from '../local-date.tsx';
import { ImportIcs } from './import-ics.tsx';

interface OwnDatesProps {
  dates: readonly OwnDate[];
  onAdd: (dates: readonly OwnDate[]) => void;
  onRemove: (date: OwnDate) => void;
  disabled?: boolean;
}

export function OwnDates({ dates, onAdd, onRemove, disabled }: OwnDatesProps) {
  const t = useTranslations('calendars.own');
  return (
    <section aria-labelledby="own-dates-title" className="flex flex-col gap-3">
      <div>
        <h3 id="own-dates-title" className="font-medium text-sm">
          {t('title')}
        </h3>
        <p className="text-muted text-xs">{t('hint')}</p>
      </div>
      {dates.length > 0 && (
        <ul className="max-h-64 overflow-y-auto border-line border-t">
          {dates.map((date) => (
            <li key={`${date.on} ${date.name}`} className="flex min-h-10 items-center gap-2 border-line border-b">
              <span className="min-w-0 flex-1 py-1">
                <span className="block truncate">{date.name}</span>
                <span className="block text-muted text-xs">
                  <LocalDate on={date.on} />
                  {date.everyYear && ` · ${t('everyYear')}`}
                </span>
              </span>
              {!disabled && (
                <IconButton label={t('remove', { name: date.name })} onClick={() => onRemove(date)}>
                  <X aria-hidden="true" />
                </IconButton>
              )}
            </li>
          ))}
        </ul>
      )}
      {!disabled && (
        <>
          <NewDate onAdd={(date) => onAdd([date])} />
          <ImportIcs onRead={onAdd} />
        </>
      )}
    </section>
  );
}

function NewDate({ onAdd }: { onAdd: (date: OwnDate) => void }) {
  const t = useTranslations('calendars.own');
  const [on, setOn] = useState('');
  const [name, setName] = useState('');
  const [everyYear, setEveryYear] = useState(false);
  const isReady = /^\d{4}-\d{2}-\d{2}$/.test(on) && name.trim() !== '';
  const add = () => {
    if (!isReady) return;
    onAdd({ on, name: name.trim(), ...(everyYear ? { everyYear } : {}) });
    setOn('');
    setName('');
  };
  return (
    <div className="flex flex-col gap-2">
      <div className="grid grid-cols-[9.5rem_minmax(0,1fr)] gap-2">
        <Field label={t('date')} labelHidden>
          <Input type="date" min="2010-01-01" max="2050-12-31" value={on} onValueChange={setOn} />
        </Field>
        <Field label={t('name')} labelHidden>
          <Input
            maxLength={120}
            placeholder={t('name')}
            value={name}
            onValueChange={setName}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              add();
            }}
          />
        </Field>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Checkbox label={t('everyYear')} checked={everyYear} onCheckedChange={setEveryYear} />
        <Button size="sm" disabled={!isReady} onClick={add}>
          <Plus aria-hidden="true" />
          {t('add')}
        </Button>
      </div>
    </div>
  );
}
