'use client';
/** Beside the line: the step that is open, else settings and simulation. On phones each opens over the page. */
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Sheet } from '#app/_ui/sheet.tsx';
import { Tabs } from '#app/_ui/tabs.tsx';
import { SimulationPanel } from '../../_timing/simulation-panel.tsx';
import { useSimulationState } from '../../_timing/simulation-state.ts';
import { useBuilder } from './builder-context.tsx';
import { findStep } from './plan-tree.ts';
import { SettingsPanel } from './settings-panel.tsx';
import { stepButtonId } from './step-card.tsx';
import { StepPanel } from './step-panel.tsx';
import { StepSection } from './step-section.tsx';
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
  const simulation = useSimulationState();
  const [tab, setTab] = useState<'settings' | 'simulation'>('settings');
  const step = selectedKey === null ? null : findStep(definition.steps, selectedKey);
  const close = () => {
    if (step) document.getElementById(stepButtonId(step.key))?.focus();
    select(null);
  };
  const title = step && t('panel.title', { position: numbers.get(step.key) ?? 0, type: t(`stepTypes.${step.type}`) });
  const settings = (
    <Tabs
      label={t('settings.title')}
      value={tab}
      onValueChange={setTab}
      tabs={[
        { value: 'settings', label: t('settings.open'), content: <SettingsPanel /> },
        {
          value: 'simulation',
          label: t('settings.simulation'),
          content: <SimulationPanel definition={definition} state={simulation} onStepSelect={select} />,
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
    <aside aria-label={t('settings.title')} className="hidden lg:block">
      <div className="sticky top-4 max-h-[calc(100dvh-2rem)] overflow-y-auto overscroll-contain rounded-md border border-line bg-raised">
        {wide === null ? null : step ? (
          <StepSection key={step.key} title={title} onClose={close}>
            <StepPanel step={step} />
          </StepSection>
        ) : (
          <div className="px-5 pt-2 pb-5">
            <h2 className="sr-only">{t('settings.title')}</h2>
            {settings}
          </div>
        )}
      </div>
    </aside>
  );
}
