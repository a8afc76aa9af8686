'use client';
/** Makes a key and shows it, this once. */
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { CopyField } from '#app/_ui/copy-field.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { RoleSelect } from '../members/role-select.tsx';

type KeyRole = 'admin' | 'editor' | 'viewer';

export function CreateKeyDialog({ onCreated }: { onCreated: () => Promise<unknown> }) {
  const t = useTranslations('settings.apiKeys');
  const tField = useTranslations('auth.fields');
  const errorText = useErrorText();
  const api = useApi();
  const formId = useId();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [role, setRole] = useState<KeyRole>('editor');
  const [tried, setTried] = useState(false);
  const create = useMutation(api.apiKeys.create.mutationOptions({ onSuccess: onCreated }));

  function change(next: boolean) {
    setOpen(next);
    if (!next) return;
    setName('');
    setRole('editor');
    setTried(false);
    create.reset();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (name.trim()) create.mutate({ name, role });
  }

  return (
    <Dialog
      open={open}
      onOpenChange={change}
      trigger={<Button variant="primary">{t('create')}</Button>}
      title={create.data ? t('keyTitle') : t('createTitle')}
      description={create.data ? t('keyDescription') : t('createDescription')}
      footer={
        create.data ? (
          <Button onClick={() => setOpen(false)}>{t('done')}</Button>
        ) : (
          <Button type="submit" form={formId} variant="primary" busy={create.isPending}>
            {t('create')}
          </Button>
        )
      }
    >
      {create.data ? (
        <CopyField label={t('key')} value={create.data.key} />
      ) : (
        <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
          <Field
            label={t('name')}
            hint={t('nameHint')}
            error={create.error ? errorText(create.error) : tried && !name.trim() ? tField('required') : undefined}
          >
            <Input value={name} maxLength={80} autoComplete="off" onChange={(event) => setName(event.target.value)} />
          </Field>
          <Field label={t('role')}>
            <RoleSelect value={role} onChange={setRole} />
          </Field>
        </form>
      )}
    </Dialog>
  );
}
