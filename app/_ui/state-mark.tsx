/** One shape per state, so that colour never says it alone. Used in badges and on the beat line. */
import type { ReactElement } from 'react';
import { cn } from './class-names.ts';

export const tones = ['neutral', 'accent', 'waiting', 'sent', 'replied', 'failed', 'held'] as const;
export type Tone = (typeof tones)[number];

export const toneText: Record<Tone, string> = {
  neutral: 'text-muted',
  accent: 'text-accent-text',
  waiting: 'text-waiting',
  sent: 'text-sent',
  replied: 'text-replied',
  failed: 'text-failed',
  held: 'text-held',
};

export const toneSoft: Record<Tone, string> = {
  neutral: 'bg-sunken',
  accent: 'bg-accent-soft',
  waiting: 'bg-waiting-soft',
  sent: 'bg-sent-soft',
  replied: 'bg-replied-soft',
  failed: 'bg-failed-soft',
  held: 'bg-held-soft',
};

const shapes: Record<Tone, ReactElement> = {
  neutral: <circle cx="5" cy="5" r="2" fill="currentColor" />,
  accent: (
    <>
      <circle cx="5" cy="5" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <circle cx="5" cy="5" r="1.75" fill="currentColor" />
    </>
  ),
  waiting: <circle cx="5" cy="5" r="3.75" fill="none" stroke="currentColor" strokeWidth="2" />,
  sent: <circle cx="5" cy="5" r="4.5" fill="currentColor" />,
  replied: <path d="M5 0.25 9.75 5 5 9.75 0.25 5Z" fill="currentColor" />,
  failed: <path d="M1.5 1.5 8.5 8.5M8.5 1.5 1.5 8.5" stroke="currentColor" strokeWidth="2.25" strokeLinecap="round" />,
  held: <path d="M3 1.25v7.5M7 1.25v7.5" stroke="currentColor" strokeWidth="2.25" strokeLinecap="round" />,
};

export function StateMark({ tone, className }: { tone: Tone; className?: string }) {
  return (
    <svg viewBox="0 0 10 10" aria-hidden="true" className={cn('size-2.5 shrink-0', toneText[tone], className)}>
      {shapes[tone]}
    </svg>
  );
}
