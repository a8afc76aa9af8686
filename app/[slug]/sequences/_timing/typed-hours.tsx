'use client';
/** The same window, typed: one line of blocks per day. A line that cannot be read says how to write it and changes nothing. */
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { type Block, type Weekday, weekdays, type Window } from '#server/domain/time/schema.ts';
import { withDay } from './paint-window.ts';
import { blocksText, parseBlocks } from './time-text.ts';

export function TypedHours({
  value,
  onChange,
  disabled,
}: {
  value: Window;
  onChange: (window: Window) => void;
  disabled?: boolean | undefined;
}) {
  const t = useTranslations('time.window');
  return (
    <div className="flex flex-col gap-2">
      <p className="text-muted text-xs">{t('typedHint')}</p>
      {weekdays.map((weekday) => (
        <DayHours
          key={weekday}
          weekday={weekday}
          blocks={value.weekly[weekday] ?? []}
          onChange={(blocks) => onChange(withDay(value, weekday, blocks))}
          disabled={disabled}
        />
      ))}
    </div>
  );
}

interface DayHoursProps {
  weekday: Weekday;
  blocks: readonly Block[];
  onChange: (blocks: Block[]) => void;
  disabled?: boolean | undefined;
}

function DayHours({ weekday, blocks, onChange, disabled }: DayHoursProps) {
  const t = useTranslations('time');
  const [draft, setDraft] = useState<string | null>(null);
  const [isWrong, setWrong] = useState(false);
  const commit = () => {
    if (draft === null) return;
    const parsed = parseBlocks(draft);
    setWrong(parsed === null);
    if (parsed === null) return;
    setDraft(null);
    if (blocksText(parsed) !== blocksText(blocks)) onChange(parsed);
  };
  return (
    <Field
      className="grid grid-cols-[5rem_1fr] items-center gap-x-2 [&>:nth-child(n+3)]:col-start-2"
      label={<span className="font-normal text-muted">{t(`weekday.${weekday}`)}</span>}
      error={isWrong ? t('window.typedError') : undefined}
    >
      <Input
        placeholder={t('window.closedDay')}
        autoComplete="off"
        value={draft ?? blocksText(blocks)}
        disabled={disabled}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          setWrong(false);
        }}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && commit()}
      />
    </Field>
  );
}
