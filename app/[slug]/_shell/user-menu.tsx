'use client';
/** Who is signed in; language, theme, signing out. */
import { ChevronsUpDown, LogOut } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Role } from '#server/domain/roles.ts';
import { signOut } from '#app/_auth/session-client.ts';
import { Menu, MenuItem, MenuSeparator } from '#app/_ui/menu.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { ThemeChoice } from './theme-choice.tsx';

export interface Viewer {
  name: string;
  email: string;
  role: Role;
}

export function UserMenu({ viewer, side, compact = false }: { viewer: Viewer; side: 'top' | 'bottom'; compact?: boolean }) {
  const t = useTranslations('shell');
  const [leaving, setLeaving] = useState(false);
  const leave = () => {
    setLeaving(true);
    signOut().catch(() => setLeaving(false));
  };
  const initials = (viewer.name || viewer.email)
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');
  // Drawn by the style sheet: initials are a picture of a name, not words of the button.
  const face = (
    <span
      aria-hidden="true"
      data-initials={initials}
      className="flex size-7 shrink-0 items-center justify-center rounded-full bg-pressed font-medium text-xs before:content-[attr(data-initials)]"
    />
  );
  return (
    <Menu
      side={side}
      align={compact ? 'end' : 'start'}
      trigger={
        compact ? (
          <button type="button" aria-label={t('userMenu')} className="flex size-9 items-center justify-center rounded-full">
            {face}
          </button>
        ) : (
          <button
            type="button"
            className="flex w-full items-center gap-2.5 rounded-md px-2 py-1.5 text-left transition-colors hover:bg-sunken data-[popup-open]:bg-sunken"
          >
            {face}
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{viewer.name}</span>
              <span className="block truncate text-muted text-xs">{t(`roles.${viewer.role}`)}</span>
            </span>
            <ChevronsUpDown className="size-4 text-muted" aria-hidden="true" />
          </button>
        )
      }
    >
      <div className="truncate px-2 pt-1.5 pb-1 text-muted text-xs">{viewer.email}</div>
      <MenuSeparator />
      <LanguageChoice />
      <ThemeChoice />
      <MenuSeparator />
      <MenuItem onSelect={leave} disabled={leaving} icon={<LogOut aria-hidden="true" />}>
        {t('signOut')}
      </MenuItem>
    </Menu>
  );
}
