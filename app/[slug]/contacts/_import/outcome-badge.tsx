'use client';
/** What became of a row. */
import { useTranslations } from 'next-intl';
import { StatusBadge } from '#app/_ui/badge.tsx';
import type { Tone } from '#app/_ui/state-mark.tsx';
import type { RowOutcome } from '#server/domain/contact-csv/options.ts';

const tones: Record<RowOutcome, Tone> = {
  created: 'sent',
  updated: 'sent',
  unchanged: 'neutral',
  merged: 'neutral',
  skipped: 'neutral',
  rejected: 'failed',
};

export function OutcomeBadge({ outcome }: { outcome: RowOutcome }) {
  const t = useTranslations('imports.outcomes');
  return <StatusBadge tone={tones[outcome]}>{t(outcome)}</StatusBadge>;
}
