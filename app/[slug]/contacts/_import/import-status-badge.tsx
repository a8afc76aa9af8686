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
  undoing: 'accent',
  undone: 'neutral',
} as const satisfies Record<string, Tone>;

interface ImportStatusBadgeProps {
  status: Exclude<keyof typeof tones, 'undoing' | 'undone'>;
  /** What was done with it since. */
  undo: { readonly status: 'running' | 'done' } | null;
}

/** How an import stands. */
export function ImportStatusBadge({ status, undo }: ImportStatusBadgeProps) {
  const t = useTranslations('imports.statuses');
  const shown = undo ? (undo.status === 'running' ? 'undoing' : 'undone') : status;
  return <StatusBadge tone={tones[shown]}>{t(shown)}</StatusBadge>;
}
