'use client';
/** Where one is on the way from file to import. */
import { Check } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { cn } from '#app/_ui/class-names.ts';

export const wizardSteps = ['file', 'format', 'map', 'review'] as const;
export type WizardStep = (typeof wizardSteps)[number];

/** A step that begins is seen from its top, and a screen reader is taken there. */
export function Steps({ current }: { current: WizardStep }) {
  const t = useTranslations('imports.steps');
  const place = wizardSteps.indexOf(current);
  const list = useRef<HTMLOListElement>(null);
  const shown = useRef(current);
  useEffect(() => {
    if (shown.current === current) return;
    shown.current = current;
    window.scrollTo({ top: 0 });
    list.current?.focus({ preventScroll: true });
  }, [current]);
  return (
    <ol ref={list} tabIndex={-1} aria-label={t('label')} className="outline-none mb-8 flex flex-wrap items-center gap-x-2 gap-y-2">
      {wizardSteps.map((step, index) => (
        <li
          key={step}
          aria-current={step === current ? 'step' : undefined}
          className={cn('flex items-center gap-2', index > place && 'text-muted', step === current && 'font-medium')}
        >
          {index > 0 && <span aria-hidden="true" className="mr-1 w-4 border-line-strong/60 border-t sm:w-8" />}
          <span
            aria-hidden="true"
            className={cn(
              'flex size-5 items-center justify-center rounded-full border border-line-strong text-xs tabular-nums',
              index <= place && 'border-ink',
              index < place && 'bg-ink text-paper',
            )}
          >
            {index < place ? <Check className="size-3" strokeWidth={3} /> : index + 1}
          </span>
          <span className={cn(step !== current && 'sr-only sm:not-sr-only')}>{t(step)}</span>
        </li>
      ))}
    </ol>
  );
}
