'use client';
/** The kind of channel that a consent or an opt-out is of, or any. */
import { useTranslations } from 'next-intl';
import { Select } from '#app/_ui/select.tsx';
import type { ChannelKind } from '#server/channels/channel.ts';

interface ChannelSelectProps<Leaf extends { channelKind?: string | undefined }> {
  leaf: Leaf;
  onChange: (leaf: Leaf) => void;
}

const whichever = 'any';
const channelKinds = ['smtp', 'sandbox'] as const satisfies readonly ChannelKind[];

export function ChannelSelect<Leaf extends { channelKind?: string | undefined }>({ leaf, onChange }: ChannelSelectProps<Leaf>) {
  const t = useTranslations('contacts.filter');
  const tKinds = useTranslations('privacy.kinds');
  return (
    <Select
      aria-label={t('channel')}
      value={leaf.channelKind ?? whichever}
      options={[
        { value: whichever, label: t('anyChannel') },
        ...channelKinds.map((kind) => ({ value: kind as string, label: tKinds(kind) })),
      ]}
      onValueChange={(kind) => {
        const { channelKind: _was, ...rest } = leaf;
        onChange({ ...rest, ...(kind !== whichever && { channelKind: kind }) } as Leaf);
      }}
    />
  );
}
