'use client';
import { useTranslations } from 'next-intl';
import { StatusBadge } from '#app/_ui/badge.tsx';
import type { Tone } from '#app/_ui/state-mark.tsx';

const tones = {
  draft: 'neutral',
  queued: 'waiting',
  running: 'accent',
  done: 'sent',
  failed: 'failed',
  canceled: 'neutral',
} as const satisfies Record<string, Tone>;

/** How an import stands. */
export function ImportStatusBadge({ status }: { status: keyof typeof tones }) {
  const t = useTranslations('imports.statuses');
  return <StatusBadge tone={tones[status]}>{t(status)}</StatusBadge>;
}
