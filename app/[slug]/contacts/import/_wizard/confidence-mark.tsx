'use client';
/** How sure it is what a column becomes: three dots, and words. */
import { useTranslations } from 'next-intl';
import { cn } from '#app/_ui/class-names.ts';
import type { Preview } from './choices.ts';

/** `chosen`: somebody said so, and nothing had to be guessed. */
export type ShownConfidence = Preview['columns'][number]['confidence'] | 'chosen';

const filledDots: Record<ShownConfidence, number> = { chosen: 3, remembered: 3, name: 2, values: 1, none: 0 };

export function ConfidenceMark({ confidence }: { confidence: ShownConfidence }) {
  const t = useTranslations('imports.map.confidence');
  return (
    <p className={cn('flex items-center gap-2 text-xs', confidence === 'none' ? 'font-medium' : 'text-muted')}>
      <span aria-hidden="true" className="flex gap-0.5">
        {[1, 2, 3].map((dot) => (
          <span key={dot} className={cn('size-1.5 rounded-full border border-ink', dot <= filledDots[confidence] && 'bg-ink')} />
        ))}
      </span>
      {t(confidence)}
    </p>
  );
}
