'use client';
/** The custom fields of a contact, each by its kind, and a way to make one more. */
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { FieldInput } from './field-input.tsx';
import { NewField } from './new-field.tsx';

interface CustomFieldsProps {
  values: Record<string, string>;
  onValuesChange: (values: Record<string, string>) => void;
  errorOf: (key: string) => string | undefined;
}

export function CustomFields({ values, onValuesChange, errorOf }: CustomFieldsProps) {
  const t = useTranslations('contacts.form');
  const api = useApi();
  const [adding, setAdding] = useState(false);
  const fields = useQuery(api.contacts.fields.queryOptions());
  return (
    <fieldset className="flex flex-col gap-4 border-line border-t pt-4">
      <legend className="sr-only">{t('fields')}</legend>
      {(fields.data?.items ?? []).map((field) => (
        <Field key={field.key} label={field.label} error={errorOf(field.key)}>
          <FieldInput
            field={field}
            value={values[field.key] ?? ''}
            onValueChange={(value) => onValuesChange({ ...values, [field.key]: value })}
          />
        </Field>
      ))}
      {adding ? (
        <NewField onClose={() => setAdding(false)} />
      ) : (
        <Button size="sm" className="self-start" onClick={() => setAdding(true)}>
          {t('newField')}
        </Button>
      )}
    </fieldset>
  );
}
