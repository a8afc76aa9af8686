'use client';
import { useMutation } from '@tanstack/react-query';
import { type Locale, useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { TimeZoneSelect } from '#app/_i18n/time-zone-select.tsx';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Section } from '#app/_ui/section.tsx';
import { Select } from '#app/_ui/select.tsx';
import { toast } from '#app/_ui/toaster.tsx';

interface WorkspaceFormProps {
  initial: { name: string; slug: string; locale: string; timeZone: string };
  mayChange: boolean;
}

export function WorkspaceForm({ initial, mayChange }: WorkspaceFormProps) {
  const t = useTranslations('settings.workspace');
  const tLocale = useTranslations('auth.locales');
  const errorText = useErrorText();
  const router = useRouter();
  const api = useApi();
  const [name, setName] = useState(initial.name);
  const [locale, setLocale] = useState(initial.locale as Locale);
  const [timeZone, setTimeZone] = useState(initial.timeZone);
  const update = useMutation(
    api.workspace.update.mutationOptions({
      onSuccess: () => {
        toast.success(t('saved'));
        router.refresh();
      },
      onError: (error) => toast.error(errorText(error)),
    }),
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim()) update.mutate({ name, locale, timeZone });
  }

  const locales: Locale[] = ['pt-BR', 'en'];
  return (
    <Section title={t('title')} description={mayChange ? undefined : t('readOnly')}>
      <form onSubmit={submit} className="flex max-w-md flex-col gap-4">
        <Field label={t('name')} error={name.trim() ? undefined : t('nameMissing')}>
          <Input value={name} maxLength={80} disabled={!mayChange} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={t('locale')} hint={t('localeHint')}>
          <Select
            options={locales.map((value) => ({ value, label: tLocale(value) }))}
            value={locale}
            onValueChange={setLocale}
            disabled={!mayChange}
          />
        </Field>
        <Field label={t('timeZone')} hint={t('timeZoneHint')}>
          <TimeZoneSelect value={timeZone} onChange={setTimeZone} disabled={!mayChange} />
        </Field>
        {mayChange && (
          <Button type="submit" variant="primary" busy={update.isPending} className="self-start">
            {t('save')}
          </Button>
        )}
      </form>
    </Section>
  );
}
