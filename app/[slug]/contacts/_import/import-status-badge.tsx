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
  undoFailed: 'failed',
} as const satisfies Record<string, Tone>;

const ofUndo = { running: 'undoing', done: 'undone', failed: 'undoFailed' } as const;

interface ImportStatusBadgeProps {
  status: Exclude<keyof typeof tones, (typeof ofUndo)[keyof typeof ofUndo]>;
  /** What was done with it since. */
  undo: { readonly status: keyof typeof ofUndo } | null;
}

/** How an import stands. */
export function ImportStatusBadge({ status, undo }: ImportStatusBadgeProps) {
  const t = useTranslations('imports.statuses');
  const shown = undo ? ofUndo[undo.status] : status;
  return <StatusBadge tone={tones[shown]}>{t(shown)}</StatusBadge>;
}
