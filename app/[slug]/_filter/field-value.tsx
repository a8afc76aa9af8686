'use client';
/** What a custom field is compared with, by its kind. */
import { useTranslations } from 'next-intl';
import { Input } from '#app/_ui/input.tsx';
import { MultiSelect } from '#app/_ui/multi-select.tsx';
import { Select } from '#app/_ui/select.tsx';
import { TagInput } from '#app/_ui/tag-input.tsx';
import { type ContactLeaf, mostNamed } from '#server/domain/contact/filter.ts';
import type { KnownField } from './new-condition.ts';

type FieldLeaf = Extract<ContactLeaf, { on: 'field' }>;

interface FieldValueProps {
  leaf: FieldLeaf;
  field: KnownField | undefined;
  label: string;
  onChange: (leaf: FieldLeaf) => void;
}

export function FieldValue({ leaf, field, label, onChange }: FieldValueProps) {
  const t = useTranslations('contacts.filter');
  const tForm = useTranslations('contacts.form');
  const kind = field?.kind ?? 'text';
  const putValues = (values: string[]) => {
    const { values: _were, ...rest } = leaf;
    onChange({ ...rest, ...(values.length > 0 && { values }) });
  };
  if (kind === 'boolean') {
    return (
      <Select
        aria-label={label}
        value={String(leaf.value ?? true)}
        options={[
          { value: 'true', label: tForm('yes') },
          { value: 'false', label: tForm('no') },
        ]}
        onValueChange={(value) => onChange({ ...leaf, value: value === 'true' })}
      />
    );
  }
  if (kind === 'choice') {
    return (
      <MultiSelect
        aria-label={label}
        placeholder={t('choose')}
        value={leaf.values ?? []}
        most={mostNamed}
        options={(field?.options ?? []).map((option) => ({ value: option, label: option }))}
        onValueChange={putValues}
      />
    );
  }
  if (leaf.op === 'isAnyOf' || leaf.op === 'isNoneOf') {
    return (
      <TagInput
        aria-label={label}
        value={leaf.values ?? []}
        onValueChange={putValues}
        placeholder={tForm('tagsHint')}
        removeLabel={(value) => tForm('removeTag', { tag: value })}
      />
    );
  }
  return (
    <Input
      aria-label={label}
      type={kind === 'date' ? 'date' : 'text'}
      inputMode={kind === 'number' ? 'decimal' : undefined}
      maxLength={200}
      value={leaf.value === undefined ? '' : String(leaf.value)}
      onValueChange={(value) => onChange({ ...leaf, value })}
    />
  );
}
