'use client';
import { type Locale, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useErrorText } from '#app/_api/error-text.ts';
import { entryApi } from '#app/_auth/entry-api.ts';
import { signInWithPassword } from '#app/_auth/session-client.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { FormAlert } from '../../form-alert.tsx';

export function JoinForm({ token, email, locale }: { token: string; email: string; locale: Locale }) {
  const t = useTranslations('auth.invite');
  const tField = useTranslations('auth.fields');
  const errorText = useErrorText();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!name.trim() || password.length < 10) return;
    setBusy(true);
    setFailure(null);
    try {
      const { slug } = await entryApi.members.accept.mutate({ token, person: { name, password, locale } });
      await signInWithPassword(email, password);
      window.location.assign(`/${slug}`);
    } catch (error) {
      setFailure(errorText(error));
      setBusy(false);
    }
  }

  return (
    <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <Field label={t('name')} error={tried && !name.trim() ? tField('required') : undefined}>
        <Input name="name" autoComplete="name" value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={t('password')} hint={t('passwordHint')} error={tried && password.length < 10 ? tField('passwordShort') : undefined}>
        <Input
          name="password"
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      {failure && <FormAlert>{failure}</FormAlert>}
      <Button type="submit" variant="primary" busy={busy} className="self-start">
        {t('accept')}
      </Button>
    </form>
  );
}
