'use client';
import { useTranslations } from 'next-intl';
import { useChannelProblemText } from '#app/_api/channel-problem-text.ts';
import { StatusBadge } from '#app/_ui/badge.tsx';
import { TextLink } from '#app/_ui/text-link.tsx';

interface FailingChannelsProps {
  slug: string;
  channels: { id: string; name: string; lastError: string | null }[];
}

export function FailingChannels({ slug, channels }: FailingChannelsProps) {
  const t = useTranslations('settings.home');
  const problemText = useChannelProblemText();
  if (channels.length === 0) return null;
  return (
    <ul className="divide-y divide-line rounded-md bg-failed-soft px-4">
      {channels.map((channel) => (
        <li key={channel.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-3">
          <StatusBadge tone="failed">{t('channelFails')}</StatusBadge>
          <TextLink href={`/${slug}/settings/channels`}>{channel.name}</TextLink>
          {channel.lastError && <span className="min-w-0 break-words text-muted">{problemText(channel.lastError)}</span>}
        </li>
      ))}
    </ul>
  );
}
