'use client';
/** Chooses the language of the screens; remembered in a cookie of this browser. */
import { type Locale, useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { Select } from '#app/_ui/select.tsx';
import { setLocaleCookie } from './locale-cookie.ts';

const choices: readonly Locale[] = ['pt-BR', 'en'];

interface LocaleSelectProps {
  value: Locale;
  /** Told besides, after the screens have changed. */
  onChange?: (locale: Locale) => void;
}

export function LocaleSelect({ value, onChange }: LocaleSelectProps) {
  const t = useTranslations('auth.locales');
  const router = useRouter();
  return (
    <Select
      options={choices.map((locale) => ({ value: locale, label: t(locale) }))}
      value={value}
      onValueChange={(locale) => {
        setLocaleCookie(locale);
        router.refresh();
        onChange?.(locale);
      }}
    />
  );
}
