'use client';
/** The zone of a contact: automatic, or one of the zones that browser and server know. */
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { Combobox } from '#app/_ui/combobox.tsx';
import { Field } from '#app/_ui/field.tsx';
import { zoneName } from '#app/_ui/format-date.ts';

interface ZoneFieldProps {
  /** Empty: automatic. */
  value: string;
  onValueChange: (zone: string) => void;
}

export function ZoneField({ value, onValueChange }: ZoneFieldProps) {
  const t = useTranslations('contacts.form');
  const options = useMemo(() => Intl.supportedValuesOf('timeZone').map(optionOf), []);
  return (
    <Field label={t('zone')} hint={value === '' ? t('zoneAutomatic') : undefined}>
      <Combobox
        options={options}
        selected={value === '' ? null : optionOf(value)}
        onSelect={(option) => onValueChange(option?.value ?? '')}
        placeholder={t('zoneSearch')}
      />
    </Field>
  );
}

function optionOf(zone: string): { value: string; label: string } {
  const region = zone.split('/')[0];
  return { value: zone, label: region === zone ? zone : `${zoneName(zone)}, ${region}` };
}
