'use client';
/** Gives many contacts the same value of a custom field, or takes it from them. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Select } from '#app/_ui/select.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import type { inferRouterInputs } from '@trpc/server';
import type { AppRouter } from '#server/api/root.ts';
import { FieldInput } from '../_form/field-input.tsx';
import type { BulkAnswer } from './use-bulk-outcome.ts';

interface SetFieldDialogProps {
  target: Target;
  title: string;
  onDone: (answer: BulkAnswer) => void;
  onClose: () => void;
}

type Input = inferRouterInputs<AppRouter>['contacts']['setField'];
type Target = Omit<Extract<Input, { filter: unknown }>, 'key' | 'value'> | Omit<Extract<Input, { contactIds: unknown }>, 'key' | 'value'>;

export function SetFieldDialog({ target, title, onDone, onClose }: SetFieldDialogProps) {
  const t = useTranslations('contacts.bulk');
  const api = useApi();
  const errorText = useErrorText();
  const fields = useQuery(api.contacts.fields.queryOptions());
  const [key, setKey] = useState<string | null>(null);
  const [value, setValue] = useState('');
  const set = useMutation(api.contacts.setField.mutationOptions({ onError: (error) => void toast.error(errorText(error)) }));
  const field = fields.data?.items.find((known) => known.key === key);
  const confirm = async () => {
    if (!field) throw new Error('no field');
    onDone(await set.mutateAsync({ ...target, key: field.key, value: value.trim() || null }));
  };
  return (
    <ConfirmDialog open onOpenChange={(open) => !open && onClose()} title={title} confirmLabel={t('setField')} onConfirm={confirm}>
      <Field label={t('field')}>
        <Select
          placeholder={t('chooseField')}
          value={key}
          options={(fields.data?.items ?? []).map((known) => ({ value: known.key, label: known.label }))}
          onValueChange={(next) => {
            setKey(next);
            setValue('');
          }}
        />
      </Field>
      {field && (
        <Field label={t('fieldValue')} hint={t('fieldValueHint')}>
          <FieldInput field={field} value={value} onValueChange={setValue} />
        </Field>
      )}
    </ConfirmDialog>
  );
}
