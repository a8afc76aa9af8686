'use client';
/** Chooses a role; each says what it may do. */
import { useTranslations } from 'next-intl';
import { Select } from '#app/_ui/select.tsx';
import type { Role } from '#server/domain/roles.ts';

interface RoleSelectProps<Choice extends Role> {
  value: Choice;
  onChange: (role: Choice) => void;
  allowOwner?: boolean;
  label?: string;
  disabled?: boolean;
}

const everyRole: readonly Role[] = ['viewer', 'editor', 'admin', 'owner'];

export function RoleSelect<Choice extends Role>({ value, onChange, allowOwner = false, label, disabled }: RoleSelectProps<Choice>) {
  const t = useTranslations('shell.roles');
  const tMay = useTranslations('settings.roles');
  const roles = everyRole.filter((role) => role !== 'owner' || allowOwner);
  return (
    <Select
      aria-label={label}
      options={roles.map((role) => ({ value: role as Choice, label: t(role), hint: tMay(role) }))}
      value={value}
      onValueChange={onChange}
      disabled={disabled}
      className="min-w-36 max-w-52"
    />
  );
}
