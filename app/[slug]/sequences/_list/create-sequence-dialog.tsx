'use client';
/** Makes a sequence from nothing but its name, and opens it. */
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';

interface CreateSequenceDialogProps {
  slug: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function CreateSequenceDialog({ slug, open, onOpenChange }: CreateSequenceDialogProps) {
  const t = useTranslations('sequences.create');
  const api = useApi();
  const router = useRouter();
  const errorText = useErrorText();
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const create = useMutation(api.sequences.create.mutationOptions({ onSuccess: ({ id }) => router.push(`/${slug}/sequences/${id}`) }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.trim()) create.mutate({ name: name.trim() });
  };
  const error = create.error ? errorText(create.error) : tried && !name.trim() ? t('nameMissing') : undefined;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('title')}
      description={t('description')}
      footer={
        <Button type="submit" form="create-sequence" variant="primary" busy={create.isPending || create.isSuccess}>
          {t('submit')}
        </Button>
      }
    >
      <form id="create-sequence" onSubmit={submit}>
        <Field label={t('name')} error={error}>
          <Input maxLength={120} value={name} placeholder={t('placeholder')} onValueChange={setName} />
        </Field>
      </form>
    </Dialog>
  );
}
