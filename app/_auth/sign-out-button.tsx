'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { signOut } from './session-client.ts';

export function SignOutButton() {
  const t = useTranslations('auth');
  const [busy, setBusy] = useState(false);
  return (
    <Button
      busy={busy}
      onClick={() => {
        setBusy(true);
        signOut().catch(() => setBusy(false));
      }}
    >
      {t('signOut')}
    </Button>
  );
}
