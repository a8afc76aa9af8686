'use client';
/** The language of the screens: a cookie that the server reads at every request, and the account's own for other browsers. */
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useApiClient } from '#app/_api/client.tsx';
import { MenuRadio } from '#app/_ui/menu.tsx';
import { setLocaleCookie } from '#app/_i18n/locale-cookie.ts';

export function LanguageChoice() {
  const t = useTranslations('shell');
  const locale = useLocale();
  const router = useRouter();
  const client = useApiClient();
  return (
    <MenuRadio
      label={t('language')}
      value={locale}
      options={[
        { value: 'pt-BR', label: t('languages.pt-BR') },
        { value: 'en', label: t('languages.en') },
      ]}
      onValueChange={(next) => {
        setLocaleCookie(next);
        // Without an answer this browser still has its cookie.
        client.account.update.mutate({ locale: next }).catch(() => undefined);
        router.refresh();
      }}
    />
  );
}
