'use client';
/** Where an enrolment stands, in one word with its shape: under way, stopped, or how it ended. */
import { StatusBadge } from '#app/_ui/badge.tsx';
import type { Tone } from '#app/_ui/state-mark.tsx';
import { useEnrolmentWords } from './enrolment-words.ts';

interface EnrolmentStatusProps {
  status: 'active' | 'paused' | 'held' | 'ended';
  waitingFor: 'due' | 'delivery' | 'bot' | 'unknown';
  exitReason: string | null;
}

const exitTones: Record<string, Tone> = { completed: 'sent', goal: 'sent', replied: 'replied', failed: 'failed', bounced: 'failed' };

export function exitTone(reason: string): Tone {
  return exitTones[reason] ?? 'neutral';
}

export function EnrolmentStatus({ status, waitingFor, exitReason }: EnrolmentStatusProps) {
  const { t, word } = useEnrolmentWords();
  if (status === 'ended') return <StatusBadge tone={exitTone(exitReason ?? '')}>{word('exit', exitReason ?? '')}</StatusBadge>;
  if (status === 'paused' || status === 'held') return <StatusBadge tone="held">{t(`status.${status}`)}</StatusBadge>;
  if (waitingFor === 'bot') return <StatusBadge tone="replied">{t('status.bot')}</StatusBadge>;
  return <StatusBadge tone="waiting">{t(waitingFor === 'delivery' ? 'status.sending' : 'status.active')}</StatusBadge>;
}
