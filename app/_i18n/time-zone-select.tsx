'use client';
/** Chooses an IANA time zone, searched by its city. */
import { useMemo } from 'react';
import { Combobox } from '#app/_ui/combobox.tsx';
import { zoneChoice, zoneChoices } from '#app/_ui/zone-name.ts';

interface TimeZoneSelectProps {
  /** Empty: none is chosen. */
  value: string;
  /** Empty only where it can be cleared. */
  onChange: (zone: string) => void;
  clearable?: boolean;
  placeholder?: string;
  disabled?: boolean;
  'aria-label'?: string;
}

export function TimeZoneSelect({ value, onChange, clearable = false, ...rest }: TimeZoneSelectProps) {
  const options = useMemo(() => zoneChoices(value), [value]);
  return (
    <Combobox
      options={options}
      selected={value === '' ? null : zoneChoice(value)}
      onSelect={(option) => (option || clearable) && onChange(option?.value ?? '')}
      clearable={clearable}
      {...rest}
    />
  );
}
