'use client';
/** An instant as the day that begins with it, where the reader is. */
import { Input } from '#app/_ui/input.tsx';
import { useReaderTime } from '#app/_ui/reader-time.tsx';
import { DAY_MS } from '#server/domain/time/offsets.ts';
import { dateOfDay, dayOfDate, dayOfWall, instantOfWall, wallAt } from '#server/domain/time/wall-clock.ts';

interface DayInputProps {
  /** ISO, UTC; empty: no day. */
  value: string;
  onValueChange: (at: string) => void;
  'aria-label': string;
}

export function DayInput({ value, onValueChange, ...rest }: DayInputProps) {
  const { zone } = useReaderTime();
  return (
    <Input
      aria-label={rest['aria-label']}
      type="date"
      value={value === '' ? '' : dateOfDay(dayOfWall(wallAt(Date.parse(value), zone)))}
      onValueChange={(date) => onValueChange(date === '' ? '' : new Date(instantOfWall(dayOfDate(date) * DAY_MS, zone).at).toISOString())}
    />
  );
}
