'use client';
/** Light, dark, or as the system has it. */
import { useTranslations } from 'next-intl';
import { MenuRadio } from '#app/_ui/menu.tsx';
import { useTheme } from '#app/_ui/theme-provider.tsx';

export function ThemeChoice() {
  const t = useTranslations('shell');
  const { theme, setTheme } = useTheme();
  return (
    <MenuRadio
      label={t('theme')}
      value={theme ?? 'system'}
      options={[
        { value: 'system', label: t('themes.system') },
        { value: 'light', label: t('themes.light') },
        { value: 'dark', label: t('themes.dark') },
      ]}
      onValueChange={setTheme}
    />
  );
}
