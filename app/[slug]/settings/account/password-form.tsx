'use client';
/** A new password ends all sessions; this browser signs in again with it at once. */
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { signInWithPassword } from '#app/_auth/session-client.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Section } from '#app/_ui/section.tsx';
import { toast } from '#app/_ui/toaster.tsx';

export function PasswordForm({ email }: { email: string }) {
  const t = useTranslations('settings.password');
  const tField = useTranslations('auth.fields');
  const errorText = useErrorText();
  const api = useApi();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [tried, setTried] = useState(false);
  const change = useMutation(
    api.account.changePassword.mutationOptions({
      onSuccess: async () => {
        const outcome = await signInWithPassword(email, next);
        if (outcome !== 'signedIn') return window.location.assign('/sign-in');
        setCurrent('');
        setNext('');
        setTried(false);
        toast.success(t('changed'));
      },
    }),
  );
  const tooShort = next.length < 10;

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!tooShort && current) change.mutate({ current, next });
  }

  return (
    <Section title={t('title')} description={t('description')}>
      <form noValidate onSubmit={submit} className="flex max-w-md flex-col gap-4">
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <Field label={t('current')} error={change.error ? errorText(change.error) : tried && !current ? tField('required') : undefined}>
          <Input
            type="password"
            autoComplete="current-password"
            value={current}
            onChange={(event) => {
              setCurrent(event.target.value);
              change.reset();
            }}
          />
        </Field>
        <Field label={t('next')} hint={t('nextHint')} error={tried && tooShort ? tField('passwordShort') : undefined}>
          <Input
            type="password"
            autoComplete="new-password"
            maxLength={200}
            value={next}
            onChange={(event) => setNext(event.target.value)}
          />
        </Field>
        <Button type="submit" busy={change.isPending} className="self-start">
          {t('change')}
        </Button>
      </form>
    </Section>
  );
}
