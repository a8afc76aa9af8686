'use client';
/** Puts addresses on the suppression list, one a line. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Textarea } from '#app/_ui/textarea.tsx';
import { toast } from '#app/_ui/toaster.tsx';

export function AddSuppressions({ onClose }: { onClose: () => void }) {
  const t = useTranslations('privacy.list');
  const api = useApi();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const [text, setText] = useState('');
  const [refused, setRefused] = useState(0);
  const add = useMutation(api.suppressions.add.mutationOptions({ onError: (error) => void toast.error(errorText(error)) }));
  const confirm = async () => {
    const addresses = text.split(/[\n;]/).flatMap((line) => line.trim() || []);
    if (addresses.length === 0) throw new Error('no addresses');
    const answer = await add.mutateAsync({ addresses });
    for (const family of [api.suppressions, api.contacts]) await queries.invalidateQueries({ queryKey: family.pathKey() });
    toast.success(t('added', { count: answer.accepted.count }));
    if (answer.refused.length === 0) return;
    setRefused(answer.refused.length);
    setText(answer.refused.map(({ row }) => addresses[row] ?? '').join('\n'));
    throw new Error('some are no addresses');
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('addTitle')}
      description={t('addText')}
      confirmLabel={t('add')}
      onConfirm={confirm}
    >
      <Field label={t('addresses')} hint={t('addressesHint')} error={refused > 0 ? t('refused', { count: refused }) : undefined}>
        <Textarea rows={6} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      </Field>
    </ConfirmDialog>
  );
}
