'use client';
/** Which channel account sends. */
import { useTranslations } from 'next-intl';
import { Field } from '#app/_ui/field.tsx';
import { Select } from '#app/_ui/select.tsx';
import { useBuilder } from './builder-context.tsx';

export function ChannelAccountField({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const t = useTranslations('sequences');
  const { accounts, mayEdit } = useBuilder();
  const known = accounts.some((account) => account.id === value);
  return (
    <Field label={t('panel.channel')} error={known || accounts.length === 0 ? undefined : t('problems.unknownChannelAccount')}>
      <Select
        value={known ? value : null}
        placeholder={t('panel.channelMissing')}
        disabled={!mayEdit}
        options={accounts.map((account) => ({ value: account.id, label: account.name }))}
        onValueChange={onChange}
      />
    </Field>
  );
}
