'use client';
/** Makes one more custom field for all contacts of the workspace, without leaving the form. */
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

export function NewField({ onClose }: { onClose: () => void }) {
  const t = useTranslations('contacts.form');
  const tCommon = useTranslations('common');
  const api = useApi();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const [label, setLabel] = useState('');
  const [kind, setKind] = useState<FieldKind>('text');
  const [options, setOptions] = useState<string[]>([]);
  const create = useMutation(
    api.contacts.createField.mutationOptions({
      onSuccess: async () => {
        toast.success(t('fieldCreated'));
        await queries.invalidateQueries({ queryKey: api.contacts.fields.queryKey() });
        onClose();
      },
    }),
  );
  return (
    <div className="flex flex-col gap-3 rounded-md bg-sunken p-3">
      <Field label={t('fieldLabel')} error={create.error ? errorText(create.error) : undefined}>
        <Input maxLength={80} value={label} onValueChange={setLabel} />
      </Field>
      <Field label={t('fieldKind')}>
        <Select options={fieldKinds.map((value) => ({ value, label: t(`fieldKinds.${value}`) }))} value={kind} onValueChange={setKind} />
      </Field>
      {kind === 'choice' && (
        <TagInput
          aria-label={t('fieldOptions')}
          placeholder={t('fieldOptionsHint')}
          value={options}
          onValueChange={setOptions}
          removeLabel={(option) => t('removeTag', { tag: option })}
        />
      )}
      <div className="flex gap-2">
        <Button
          size="sm"
          busy={create.isPending}
          disabled={label.trim() === '' || (kind === 'choice' && options.length === 0)}
          onClick={() => create.mutate({ label: label.trim(), kind, ...(kind === 'choice' && { options }) })}
        >
          {t('fieldCreate')}
        </Button>
        <Button size="sm" variant="quiet" onClick={onClose}>
          {tCommon('cancel')}
        </Button>
      </div>
    </div>
  );
}
