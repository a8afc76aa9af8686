'use client';
/** Gives a sequence another name. */
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { useSequenceAction } from './use-sequence-action.ts';

export function RenameSequenceDialog({ sequence, onClose }: { sequence: { id: string; name: string }; onClose: () => void }) {
  const t = useTranslations('sequences');
  const tCommon = useTranslations('common');
  const api = useApi();
  const errorText = useErrorText();
  const { done } = useSequenceAction();
  const [name, setName] = useState(sequence.name);
  const rename = useMutation(
    api.sequences.rename.mutationOptions({
      onSuccess: async () => {
        onClose();
        await done(t('actions.renamed'));
      },
    }),
  );
  const missing = !name.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!missing) rename.mutate({ id: sequence.id, name: name.trim() });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('actions.renameTitle')}
      footer={
        <Button type="submit" form="rename-sequence" variant="primary" busy={rename.isPending}>
          {tCommon('save')}
        </Button>
      }
    >
      <form id="rename-sequence" onSubmit={submit}>
        <Field label={t('create.name')} error={missing ? t('create.nameMissing') : rename.error ? errorText(rename.error) : undefined}>
          <Input maxLength={120} value={name} onValueChange={setName} />
        </Field>
      </form>
    </Dialog>
  );
}
