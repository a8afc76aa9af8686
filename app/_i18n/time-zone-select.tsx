'use client';
/** Chooses an IANA time zone, searched by its name. */
import { useMemo } from 'react';
import { Combobox } from '#app/_ui/combobox.tsx';

interface TimeZoneSelectProps {
  value: string;
  onChange: (zone: string) => void;
  disabled?: boolean;
}

export function TimeZoneSelect({ value, onChange, disabled }: TimeZoneSelectProps) {
  const options = useMemo(() => zonesWith(value).map(optionOf), [value]);
  return (
    <Combobox
      options={options}
      selected={optionOf(value)}
      onSelect={(option) => option && onChange(option.value)}
      clearable={false}
      disabled={disabled}
    />
  );
}

function zonesWith(zone: string): string[] {
  const known = Intl.supportedValuesOf('timeZone');
  return known.includes(zone) ? known : [zone, ...known];
}

function optionOf(zone: string) {
  return { value: zone, label: zone.replaceAll('_', ' ') };
}
