'use client';
/** Beside the line: the step that is open, else settings and simulation. On phones each opens over the page. */
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useRef } from 'react';
import { IconButton } from '#app/_ui/icon-button.tsx';
import { Sheet } from '#app/_ui/sheet.tsx';
import { Tabs } from '#app/_ui/tabs.tsx';
import { SimulationPanel } from '../../_timing/simulation-panel.tsx';
import { useBuilder } from './builder-context.tsx';
import { findStep } from './plan-tree.ts';
import { SettingsPanel } from './settings-panel.tsx';
import { stepButtonId } from './step-card.tsx';
import { StepPanel } from './step-panel.tsx';
import { useIsWide } from './use-is-wide.ts';

interface SidePanelProps {
  /** On phones: settings and simulation were asked for. */
  settingsOpen: boolean;
  onSettingsClose: () => void;
}

export function SidePanel({ settingsOpen, onSettingsClose }: SidePanelProps) {
  const t = useTranslations('sequences');
  const { definition, numbers, selectedKey, select } = useBuilder();
  const wide = useIsWide();
  const panel = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const step = selectedKey === null ? null : findStep(definition.steps, selectedKey);
  const openKey = step?.key ?? null;
  useEffect(() => {
    if (openKey && wide) heading.current?.focus();
  }, [openKey, wide]);
  const close = useCallback(() => {
    if (openKey) document.getElementById(stepButtonId(openKey))?.focus();
    select(null);
  }, [openKey, select]);
  useEffect(() => {
    // Escape leaves the panel from wherever one types in it.
    const section = panel.current;
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) close();
    };
    section?.addEventListener('keydown', leave);
    return () => section?.removeEventListener('keydown', leave);
  }, [close, wide]);
  const title = step && t('panel.title', { position: numbers.get(step.key) ?? 0, type: t(`stepTypes.${step.type}`) });
  const settings = (
    <Tabs
      label={t('settings.title')}
      tabs={[
        { value: 'settings', label: t('settings.open'), content: <SettingsPanel /> },
        {
          value: 'simulation',
          label: t('settings.simulation'),
          content: <SimulationPanel definition={definition} onStepSelect={select} />,
        },
      ]}
    />
  );
  if (wide === false) {
    return step ? (
      <Sheet open onOpenChange={(open) => !open && close()} title={title}>
        <StepPanel key={step.key} step={step} />
      </Sheet>
    ) : (
      <Sheet open={settingsOpen} onOpenChange={(open) => !open && onSettingsClose()} title={t('settings.title')}>
        {settings}
      </Sheet>
    );
  }
  return (
    <aside className="hidden lg:block">
      <div className="sticky top-4 max-h-[calc(100dvh-2rem)] overflow-y-auto overscroll-contain rounded-md border border-line bg-raised">
        {wide === null ? null : step ? (
          <section ref={panel} aria-labelledby="step-panel-title">
            <header className="sticky top-0 z-10 flex items-center justify-between gap-2 border-line border-b bg-raised py-2 pr-2 pl-5">
              <h2 id="step-panel-title" ref={heading} tabIndex={-1} className="font-medium text-base outline-none">
                {title}
              </h2>
              <IconButton label={t('panel.close')} onClick={close}>
                <X aria-hidden="true" />
              </IconButton>
            </header>
            <div className="p-5">
              <StepPanel key={step.key} step={step} />
            </div>
          </section>
        ) : (
          <div className="px-5 pt-2 pb-5">{settings}</div>
        )}
      </div>
    </aside>
  );
}
