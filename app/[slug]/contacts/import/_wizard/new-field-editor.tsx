'use client';
/** Name and kind of the field that a column becomes, with what there is to choose from. It is made when the import starts. */
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useState } from 'react';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';
import { TagInput } from '#app/_ui/tag-input.tsx';
import { type FieldKind, fieldKinds } from '#server/domain/contact/fields.ts';
import { likelyKind } from '#server/domain/contact-csv/likely-kind.ts';
import { type ColumnTarget, likelyOptions } from './column-targets.ts';

export type NewFieldTarget = Extract<ColumnTarget, { to: 'newField' }>;

interface NewFieldEditorProps {
  /** What the column is called in the file. */
  column: string;
  target: NewFieldTarget;
  /** What stands in the column, to choose from. */
  values: readonly string[];
  /** Names that are taken. */
  labels: readonly string[];
  onChange: (target: NewFieldTarget) => void;
}

/** A name is taken when nobody has typed for so long, or the field is left. */
const restMs = 500;

export function NewFieldEditor({ column, target, values, labels, onChange }: NewFieldEditorProps) {
  const t = useTranslations('imports.map');
  const tForm = useTranslations('contacts.form');
  const [label, setLabel] = useState(target.label);
  const isTaken = labels.some((other) => other.toLowerCase() === label.trim().toLowerCase());
  const typed = label.trim();
  const take = () => {
    if (typed !== '' && !isTaken && typed !== target.label) onChange({ ...target, label: typed });
  };
  const commit = () => (typed === '' ? setLabel(target.label) : take());
  const takeWhatRests = useEffectEvent(take);
  useEffect(() => {
    const timer = setTimeout(() => takeWhatRests(), restMs);
    return () => clearTimeout(timer);
  }, [label]);
  const choose = (kind: FieldKind) => {
    const { options: _, ...other } = target;
    onChange(kind === 'choice' ? { ...other, kind, options: [...likelyOptions(values)] } : { ...other, kind });
  };
  const { kind } = target;
  const likely = kind === 'text' ? likelyKind(values) : null;
  const hint = likely ? t(`looksLike.${likely}`) : kind === 'text' || kind === 'choice' ? null : t(`kindHints.${kind}`);
  return (
    <div
      role="group"
      aria-label={t('newField', { column })}
      className="grid grid-cols-2 gap-3 rounded-md bg-sunken p-3 sm:col-span-2 sm:grid-cols-[minmax(0,1fr)_18rem] sm:gap-x-6"
    >
      <Field label={tForm('fieldLabel')} error={isTaken ? t('nameTaken') : undefined}>
        <Input
          maxLength={80}
          value={label}
          onValueChange={setLabel}
          onBlur={commit}
          onKeyDown={(event) => event.key === 'Enter' && commit()}
        />
      </Field>
      <Field label={tForm('fieldKind')} hint={hint}>
        <Select options={fieldKinds.map((value) => ({ value, label: tForm(`fieldKinds.${value}`) }))} value={kind} onValueChange={choose} />
      </Field>
      {kind === 'choice' && (
        <div className="col-span-2 flex flex-col gap-2">
          <span className="font-medium text-sm">{tForm('fieldOptions')}</span>
          <TagInput
            aria-label={tForm('fieldOptions')}
            placeholder={tForm('fieldOptionsHint')}
            value={target.options ?? []}
            onValueChange={(options) => onChange({ ...target, options: [...options] })}
            removeLabel={(option) => tForm('removeTag', { tag: option })}
          />
          <p className="text-muted text-xs">{t('optionsHint')}</p>
        </div>
      )}
    </div>
  );
}
