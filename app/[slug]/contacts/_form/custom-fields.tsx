'use client';
/** The custom fields of a contact, each by its kind, and a way to make one more. */
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';
import type { FieldKind } from '#server/domain/contact/fields.ts';
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
            kind={field.kind}
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

interface FieldInputProps {
  kind: FieldKind;
  value: string;
  onValueChange: (value: string) => void;
}

function FieldInput({ kind, value, onValueChange }: FieldInputProps) {
  const t = useTranslations('contacts.form');
  if (kind === 'boolean') {
    return (
      <Select
        options={[
          { value: 'unset', label: t('unset') },
          { value: 'true', label: t('yes') },
          { value: 'false', label: t('no') },
        ]}
        value={value === '' ? 'unset' : value}
        onValueChange={(next) => onValueChange(next === 'unset' ? '' : next)}
      />
    );
  }
  if (kind === 'date') return <Input type="date" value={value} onValueChange={onValueChange} />;
  return <Input inputMode={kind === 'number' ? 'decimal' : undefined} maxLength={2_000} value={value} onValueChange={onValueChange} />;
}
