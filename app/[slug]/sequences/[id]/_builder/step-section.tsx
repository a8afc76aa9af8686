'use client';
/** The open step beside the line: takes the focus when it opens, and leaves on Escape from wherever one types in it. */
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef } from 'react';
import { IconButton } from '#app/_ui/icon-button.tsx';

interface StepSectionProps {
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

export function StepSection({ title, onClose, children }: StepSectionProps) {
  const t = useTranslations('sequences.panel');
  const section = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    const element = section.current;
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) onClose();
    };
    element?.addEventListener('keydown', leave);
    return () => element?.removeEventListener('keydown', leave);
  }, [onClose]);
  return (
    <section ref={section} aria-labelledby="step-panel-title">
      <header className="sticky top-0 z-10 flex items-center justify-between gap-2 border-line border-b bg-raised py-2 pr-2 pl-5">
        <h2 id="step-panel-title" ref={heading} tabIndex={-1} className="font-medium text-base outline-none">
          {title}
        </h2>
        <IconButton label={t('close')} onClick={onClose}>
          <X aria-hidden="true" />
        </IconButton>
      </header>
      <div className="p-5">{children}</div>
    </section>
  );
}
