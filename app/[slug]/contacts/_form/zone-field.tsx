'use client';
/** The zone of a contact: automatic, or one of the zones that browser and server know. */
import { useTranslations } from 'next-intl';
import { TimeZoneSelect } from '#app/_i18n/time-zone-select.tsx';
import { Field } from '#app/_ui/field.tsx';
import { useReaderTime } from '#app/_ui/reader-time.tsx';
import { zoneWithOffset } from '#app/_ui/zone-name.ts';

interface ZoneFieldProps {
  /** Empty: automatic. */
  value: string;
  onValueChange: (zone: string) => void;
}

export function ZoneField({ value, onValueChange }: ZoneFieldProps) {
  const t = useTranslations('contacts.form');
  const { now } = useReaderTime();
  return (
    <Field label={t('zone')} hint={value === '' ? t('zoneAutomatic') : zoneWithOffset(value, now)}>
      <TimeZoneSelect value={value} onChange={onValueChange} clearable placeholder={t('zoneSearch')} />
    </Field>
  );
}
