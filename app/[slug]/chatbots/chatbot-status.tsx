/** What of a chatbot is live: nothing yet, all of it, or an older version of what is drawn now. */
import { useTranslations } from 'next-intl';
import { Badge, StatusBadge } from '#app/_ui/badge.tsx';

export function ChatbotStatus({ liveVersion, changed }: { liveVersion: number | null; changed: boolean }) {
  const t = useTranslations('chatbots.status');
  if (liveVersion === null) return <Badge>{t('draft')}</Badge>;
  if (changed) return <StatusBadge tone="waiting">{t('changed', { version: liveVersion })}</StatusBadge>;
  return <StatusBadge tone="sent">{t('live', { version: liveVersion })}</StatusBadge>;
}
