'use client';
/** The status of a sequence: a word with its shape. */
import { useTranslations } from 'next-intl';
import { StatusBadge } from '#app/_ui/badge.tsx';
import type { Tone } from '#app/_ui/state-mark.tsx';

export type SequenceStatus = 'draft' | 'running' | 'paused' | 'archived';

const tones: Record<SequenceStatus, Tone> = { draft: 'neutral', running: 'sent', paused: 'held', archived: 'neutral' };

export function SequenceStatusBadge({ status }: { status: SequenceStatus }) {
  const t = useTranslations('sequences.statuses');
  return <StatusBadge tone={tones[status]}>{t(status)}</StatusBadge>;
}
