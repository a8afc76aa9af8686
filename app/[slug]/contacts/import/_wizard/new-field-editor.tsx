'use client';
/** Name and kind of the field that a column becomes. It is made when the import starts; a choice at once, since what there is to
 *  choose from must be known. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';
import { TagInput } from '#app/_ui/tag-input.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import { type FieldKind, fieldKinds } from '#server/domain/contact/fields.ts';
import { likelyKind } from '#server/domain/contact-csv/likely-kind.ts';
import { likelyOptions, type NewFieldChoice } from './column-targets.ts';

interface NewFieldEditorProps extends NewFieldChoice {
  /** What the column is called in the file. */
  column: string;
  /** What stands in the column, to choose from. */
  values: readonly string[];
  /** Names that are taken. */
  labels: readonly string[];
  onChange: (choice: NewFieldChoice) => void;
  /** A choice was made, and the column goes there. */
  onMade: (key: string) => void;
}

export function NewFieldEditor({ column, target, options, values, labels, onChange, onMade }: NewFieldEditorProps) {
  const t = useTranslations('imports.map');
  const tForm = useTranslations('contacts.form');
  const api = useApi();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const [label, setLabel] = useState(target.label);
  const isTaken = labels.some((other) => other.toLowerCase() === label.trim().toLowerCase());
  const create = useMutation(
    api.contacts.createField.mutationOptions({
      onSuccess: async ({ key }) => {
        toast.success(tForm('fieldCreated'));
        await queries.invalidateQueries({ queryKey: api.contacts.fields.queryKey() });
        onMade(key);
      },
    }),
  );
  const commit = () => {
    if (label.trim() === '') setLabel(target.label);
    else if (!isTaken && label.trim() !== target.label) onChange({ target: { ...target, label: label.trim() }, options });
  };
  const choose = (kind: FieldKind) =>
    onChange(kind === 'choice' ? { target, options: likelyOptions(values) } : { target: { ...target, kind }, options: null });
  const likely = target.kind === 'text' ? likelyKind(values) : null;
  const hint = options !== null ? null : likely ? t(`looksLike.${likely}`) : target.kind === 'text' ? null : t(`kindHints.${target.kind}`);
  const problem = isTaken ? t('nameTaken') : create.error ? errorText(create.error) : undefined;
  return (
    <div
      role="group"
      aria-label={t('newField', { column })}
      className="grid grid-cols-2 gap-3 rounded-md bg-sunken p-3 sm:col-span-2 sm:grid-cols-[minmax(0,1fr)_18rem] sm:gap-x-6"
    >
      <Field label={tForm('fieldLabel')} error={problem}>
        <Input
          maxLength={80}
          value={label}
          onValueChange={setLabel}
          onBlur={commit}
          onKeyDown={(event) => event.key === 'Enter' && commit()}
        />
      </Field>
      <Field label={tForm('fieldKind')} hint={hint}>
        <Select
          options={fieldKinds.map((value) => ({ value, label: tForm(`fieldKinds.${value}`) }))}
          value={options === null ? target.kind : 'choice'}
          onValueChange={choose}
        />
      </Field>
      {options !== null && (
        <div className="flex flex-col gap-2 col-span-2">
          <span className="font-medium text-sm">{tForm('fieldOptions')}</span>
          <TagInput
            aria-label={tForm('fieldOptions')}
            placeholder={tForm('fieldOptionsHint')}
            value={options}
            onValueChange={(next) => onChange({ target, options: next })}
            removeLabel={(option) => tForm('removeTag', { tag: option })}
          />
          <p className="text-muted text-xs">{t('optionsHint')}</p>
          <Button
            size="sm"
            className="self-start"
            busy={create.isPending}
            disabled={options.length === 0 || label.trim() === '' || isTaken}
            onClick={() => create.mutate({ label: label.trim(), kind: 'choice', options: [...options] })}
          >
            {tForm('fieldCreate')}
          </Button>
        </div>
      )}
    </div>
  );
}
