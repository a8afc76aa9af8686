'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { type SignInOutcome, signInWithPassword } from '#app/_auth/session-client.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { FormAlert } from '../form-alert.tsx';

export function SignInForm({ next }: { next: string }) {
  const t = useTranslations('auth.signIn');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<SignInOutcome | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setOutcome(null);
    const result = await signInWithPassword(email, password);
    if (result === 'signedIn') {
      window.location.assign(next);
      return;
    }
    setOutcome(result);
    setBusy(false);
  }

  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      <Field label={t('email')}>
        <Input type="email" name="email" autoComplete="username" required value={email} onChange={(e) => setEmail(e.target.value)} />
      </Field>
      <Field label={t('password')}>
        <Input
          type="password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(e) => setPassword(e.target.value)}
        />
      </Field>
      {outcome && outcome !== 'signedIn' && <FormAlert>{t(outcome)}</FormAlert>}
      <Button type="submit" variant="primary" busy={busy} className="self-start">
        {t('submit')}
      </Button>
    </form>
  );
}
