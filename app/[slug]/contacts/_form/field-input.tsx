'use client';
/** The value of a custom field, as its kind wants it. Empty where none is given. */
import { useTranslations } from 'next-intl';
import { Input } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';
import type { FieldKind } from '#server/domain/contact/fields.ts';

interface FieldInputProps {
  field: { readonly kind: FieldKind; readonly options: readonly string[] | null };
  value: string;
  onValueChange: (value: string) => void;
}

const unset = 'unset';

export function FieldInput({ field: { kind, options }, value, onValueChange }: FieldInputProps) {
  const t = useTranslations('contacts.form');
  const choices =
    kind === 'boolean'
      ? [
          { value: 'true', label: t('yes') },
          { value: 'false', label: t('no') },
        ]
      : kind === 'choice'
        ? [...new Set([...(options ?? []), ...(value ? [value] : [])])].map((option) => ({ value: option, label: option }))
        : null;
  if (choices) {
    return (
      <Select
        options={[{ value: unset, label: t('unset') }, ...choices]}
        value={value === '' ? unset : value}
        onValueChange={(next) => onValueChange(next === unset ? '' : next)}
      />
    );
  }
  if (kind === 'date') return <Input type="date" value={value} onValueChange={onValueChange} />;
  return <Input inputMode={kind === 'number' ? 'decimal' : undefined} maxLength={2_000} value={value} onValueChange={onValueChange} />;
}
