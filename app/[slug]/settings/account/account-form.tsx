'use client';
import { useMutation } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { LocaleSelect } from '#app/_i18n/locale-select.tsx';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Section } from '#app/_ui/section.tsx';
import { toast } from '#app/_ui/toaster.tsx';

export function AccountForm({ name: initialName, email }: { name: string; email: string }) {
  const t = useTranslations('settings.account');
  const tField = useTranslations('auth.fields');
  const errorText = useErrorText();
  const locale = useLocale();
  const router = useRouter();
  const api = useApi();
  const [name, setName] = useState(initialName);
  const update = useMutation(
    api.account.update.mutationOptions({
      onSuccess: () => {
        toast.success(t('saved'));
        router.refresh();
      },
      onError: (error) => toast.error(errorText(error)),
    }),
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim()) update.mutate({ name });
  }

  return (
    <Section title={t('title')} description={t('signedInAs', { email })}>
      <form onSubmit={submit} className="flex max-w-md flex-col gap-4">
        <Field label={t('name')} error={name.trim() ? undefined : tField('required')}>
          <Input autoComplete="name" value={name} maxLength={120} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={t('locale')}>
          <LocaleSelect value={locale} onChange={(next) => update.mutate({ locale: next })} />
        </Field>
        <Button type="submit" variant="primary" busy={update.isPending} className="self-start">
          {t('save')}
        </Button>
      </form>
    </Section>
  );
}
