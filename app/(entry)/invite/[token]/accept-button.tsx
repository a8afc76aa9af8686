'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '#app/_api/error-text.ts';
import { entryApi } from '#app/_auth/entry-api.ts';
import { Button } from '#app/_ui/button.tsx';
import { FormAlert } from '../../form-alert.tsx';

export function AcceptButton({ token }: { token: string }) {
  const t = useTranslations('auth.invite');
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function accept() {
    setBusy(true);
    try {
      const { slug } = await entryApi.members.accept.mutate({ token });
      window.location.assign(`/${slug}`);
    } catch (error) {
      setFailure(errorText(error));
      setBusy(false);
    }
  }

  return (
    <div className="flex flex-col items-start gap-4">
      {failure && <FormAlert>{failure}</FormAlert>}
      <Button variant="primary" busy={busy} onClick={() => void accept()}>
        {t('accept')}
      </Button>
    </div>
  );
}
