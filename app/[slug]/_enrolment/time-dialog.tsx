'use client';
/** Asks for a day and a time: when a step goes, or when a pause ends. */
import { useState } from 'react';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { zoneName } from '#app/_ui/zone-name.ts';
import { Input } from '#app/_ui/input.tsx';
import { useReaderTime } from '#app/_ui/reader-time.tsx';
import { DAY_MS, MINUTE_MS } from '#server/domain/time/offsets.ts';
import { dateOfDay, dayOfDate, dayOfWall, instantOfWall, minutesOfTime, wallAt } from '#server/domain/time/wall-clock.ts';
import { TimeInput } from '../sequences/_timing/time-input.tsx';
import { useEnrolmentWords } from './enrolment-words.ts';

interface TimeDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  kind: 'reschedule' | 'pauseUntil';
  count: number;
  /** Null: the reader's own. */
  zone: string | null;
  /** An instant: ISO, UTC. */
  onConfirm: (at: string) => Promise<void>;
}

export function TimeDialog({ open, onOpenChange, kind, count, zone, onConfirm }: TimeDialogProps) {
  const { t } = useEnrolmentWords();
  const reader = useReaderTime();
  const where = zone ?? reader.zone;
  const tomorrow = dateOfDay(dayOfWall(wallAt(reader.now.getTime(), where)) + 1);
  const [date, setDate] = useState<string | null>(null);
  const [time, setTime] = useState('09:00');
  const on = date ?? tomorrow;
  const at = () => new Date(instantOfWall(dayOfDate(on) * DAY_MS + minutesOfTime(time) * MINUTE_MS, where).at).toISOString();
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t(`controls.${kind}Title`, { count })}
      description={t(`controls.${kind}Text`)}
      confirmLabel={t(`controls.${kind}`)}
      onConfirm={() => onConfirm(at())}
    >
      <fieldset>
        <legend className="mb-1.5 font-medium text-sm">{t('controls.when', { zone: zoneName(where) })}</legend>
        <div className="flex gap-2">
          <Input
            type="date"
            className="w-40"
            aria-label={t('controls.date')}
            value={on}
            onChange={(event) => {
              const next = event.currentTarget.value;
              if (/^\d{4}-\d{2}-\d{2}$/.test(next)) setDate(next);
            }}
          />
          <TimeInput aria-label={t('controls.time')} value={time} onChange={setTime} />
        </div>
      </fieldset>
    </ConfirmDialog>
  );
}
