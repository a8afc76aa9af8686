'use client';
/** Hours to begin with, from customs and laws, each with its source beneath. */
import { useTranslations } from 'next-intl';
import { Select } from '#app/_ui/select.tsx';
import { oppositeOf, type PresetKey, presetKeys, windowPresets } from '#server/domain/time/presets.ts';
import type { Window } from '#server/domain/time/schema.ts';
import { isSameWeek } from './paint-window.ts';
import type { WindowMeaning } from './window-editor.tsx';

interface PresetMenuProps {
  value: Window;
  onChange: (window: Window) => void;
  meaning: WindowMeaning;
  disabled?: boolean | undefined;
}

export function PresetMenu({ value, onChange, meaning, disabled }: PresetMenuProps) {
  const t = useTranslations('time.presets');
  const windowOf = (key: PresetKey): Window => (meaning === 'allowed' ? windowPresets[key].window : oppositeOf(windowPresets[key].window));
  const chosen = presetKeys.find((key) => isSameWeek(value, windowOf(key))) ?? null;
  return (
    <div className="flex flex-col gap-1">
      <Select
        className="w-full"
        aria-label={t('label')}
        placeholder={t('placeholder')}
        value={chosen}
        onValueChange={(key) => onChange(windowOf(key))}
        disabled={disabled}
        options={presetKeys.map((key) => ({ value: key, label: t(`${key}.name`), hint: t(`${key}.hours`) }))}
      />
      {chosen && (
        <p className="text-muted text-xs">
          {t(`${chosen}.source`)}
          {windowPresets[chosen].closesHolidays && ` ${t('withHolidays')}`}
        </p>
      )}
    </div>
  );
}
