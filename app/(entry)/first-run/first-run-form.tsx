'use client';
import { type Locale, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { errorCodeOf, useErrorText } from '#app/_api/error-text.ts';
import { entryApi } from '#app/_auth/entry-api.ts';
import { signInWithPassword } from '#app/_auth/session-client.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { FormAlert } from '../form-alert.tsx';
import { LocaleSelect } from '#app/_i18n/locale-select.tsx';
import { TimeZoneSelect } from '#app/_i18n/time-zone-select.tsx';
import { useBrowserTimeZone } from '#app/_i18n/browser-time-zone.ts';

const empty = { workspaceName: '', name: '', email: '', password: '' };
type Name = keyof typeof empty;

export function FirstRunForm({ locale }: { locale: Locale }) {
  const t = useTranslations('auth.firstRun');
  const tField = useTranslations('auth.fields');
  const errorText = useErrorText();
  const [values, setValues] = useState(empty);
  const [chosenZone, setChosenZone] = useState<string | null>(null);
  const browserZone = useBrowserTimeZone();
  const timeZone = chosenZone ?? browserZone;
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  const problems: Record<Name, string | undefined> = {
    workspaceName: values.workspaceName.trim() ? undefined : tField('required'),
    name: values.name.trim() ? undefined : tField('required'),
    email: /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(values.email.trim()) ? undefined : tField('email'),
    password: values.password.length >= 10 ? undefined : tField('passwordShort'),
  };

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    const wrong = (Object.keys(problems) as Name[]).find((name) => problems[name]);
    if (wrong) {
      event.currentTarget.querySelector<HTMLInputElement>(`[name="${wrong}"]`)?.focus();
      return;
    }
    setBusy(true);
    setFailure(null);
    try {
      const { slug } = await entryApi.workspace.createFirst.mutate({ ...values, locale, timeZone });
      await signInWithPassword(values.email, values.password);
      window.location.assign(`/${slug}`);
    } catch (error) {
      if (errorCodeOf(error) === 'alreadyExists') window.location.assign('/sign-in');
      setFailure(errorText(error));
      setBusy(false);
    }
  }

  const input = (name: Name, rest: { type?: string; autoComplete: string; hint?: string }) => (
    <Field label={t(name)} hint={rest.hint} error={tried ? problems[name] : undefined}>
      <Input
        name={name}
        type={rest.type}
        autoComplete={rest.autoComplete}
        value={values[name]}
        onChange={(event) => setValues({ ...values, [name]: event.target.value })}
      />
    </Field>
  );

  return (
    <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
      {input('workspaceName', { autoComplete: 'organization', hint: t('workspaceHint') })}
      {input('name', { autoComplete: 'name' })}
      {input('email', { type: 'email', autoComplete: 'username' })}
      {input('password', { type: 'password', autoComplete: 'new-password', hint: t('passwordHint') })}
      <Field label={t('locale')}>
        <LocaleSelect value={locale} />
      </Field>
      <Field label={t('timeZone')} hint={t('timeZoneHint')}>
        <TimeZoneSelect value={timeZone} onChange={setChosenZone} />
      </Field>
      {failure && <FormAlert>{failure}</FormAlert>}
      <Button type="submit" variant="primary" busy={busy} className="mt-2 self-start">
        {t('submit')}
      </Button>
    </form>
  );
}
