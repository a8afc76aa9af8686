'use client';
/** Whose holidays: a country, and any of its states beside it. */
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { Checkbox } from '#app/_ui/checkbox.tsx';
import { Combobox } from '#app/_ui/combobox.tsx';
import { Field } from '#app/_ui/field.tsx';
import type { CalendarContent } from '#server/domain/calendar/schema.ts';
import { withCountry, withState } from './calendar-draft.ts';
import type { Place } from './calendar-editor.tsx';

interface PlaceFieldsProps {
  content: CalendarContent;
  countries: readonly Place[];
  onChange: (content: CalendarContent) => void;
  disabled?: boolean;
}

export function PlaceFields({ content, countries, onChange, disabled }: PlaceFieldsProps) {
  const t = useTranslations('calendars.place');
  const api = useApi();
  const { country } = content;
  const states = useQuery({ ...api.calendars.places.queryOptions({ country: country ?? '' }), enabled: country !== null });
  const options = countries.map(({ code, name }) => ({ value: code, label: name }));
  const known = states.data?.items ?? [];
  return (
    <div className="flex flex-col gap-4">
      <Field label={t('country')} hint={country === null ? t('noCountry') : undefined}>
        <Combobox
          aria-label={t('country')}
          placeholder={t('countryPlaceholder')}
          options={options}
          selected={options.find((option) => option.value === country) ?? null}
          onSelect={(option) => onChange(withCountry(content, option?.value ?? null))}
          disabled={disabled}
        />
      </Field>
      {country !== null && known.length > 0 && (
        <fieldset>
          <legend className="mb-1.5 font-medium text-sm">{t('states')}</legend>
          <p className="mb-2 text-muted text-xs">{t('statesHint')}</p>
          <div className="grid max-h-56 grid-cols-2 gap-x-4 gap-y-1.5 overflow-y-auto rounded-md border border-line p-3">
            {known.map(({ code, name }) => (
              <Checkbox
                key={code}
                label={name}
                checked={content.states.includes(code)}
                onCheckedChange={(isChosen) => onChange(withState(content, code, isChosen))}
                disabled={disabled}
              />
            ))}
          </div>
        </fieldset>
      )}
    </div>
  );
}
