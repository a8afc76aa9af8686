'use client';
/** Hours of a step's own, and how long it may wait: seldom needed, so folded away until one is set. */
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Switch } from '#app/_ui/switch.tsx';
import type { Step } from '#server/domain/definition/schema.ts';
import { MinutesInput } from '../../_timing/minutes-input.tsx';
import { WindowEditor } from '../../_timing/window-editor.tsx';
import { useBuilder } from './builder-context.tsx';

const longestMinutes = 527_040;
const firstMinutes = 1_440;

export function StepLimits({ step }: { step: Step }) {
  const t = useTranslations('sequences.panel');
  const { mayEdit, changeStep } = useBuilder();
  const { window = null, expiresAfterMinutes } = step;
  const [isOpen, setOpen] = useState(window !== null || expiresAfterMinutes !== undefined);
  const [kept, setKept] = useState(expiresAfterMinutes ?? firstMinutes);
  const setWindow = (next: Step['window']) =>
    changeStep(step.key, ({ window: _before, ...rest }) => (next ? { ...rest, window: next } : rest) as Step);
  const setExpiry = (minutes: number | undefined) =>
    changeStep(
      step.key,
      ({ expiresAfterMinutes: _before, ...rest }) => (minutes === undefined ? rest : { ...rest, expiresAfterMinutes: minutes }) as Step,
    );
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit cursor-pointer rounded-md py-1 underline decoration-line-strong/60 underline-offset-4">{t('more')}</summary>
      <div className="flex flex-col gap-6 pt-3">
        <section aria-label={t('window')}>
          <h4 className="mb-2 font-medium">{t('window')}</h4>
          <WindowEditor
            value={window}
            onChange={setWindow}
            switchLabel={t('windowNone')}
            switchHint={t('windowNoneHint')}
            disabled={!mayEdit}
          />
        </section>
        <section aria-label={t('expires')} className="flex flex-col gap-3">
          <h4 className="font-medium">{t('expires')}</h4>
          <Switch
            checked={expiresAfterMinutes === undefined}
            onCheckedChange={(none) => setExpiry(none ? undefined : kept)}
            disabled={!mayEdit}
            label={t('expiresNone')}
            hint={t('expiresNoneHint')}
          />
          {expiresAfterMinutes !== undefined && (
            <MinutesInput
              label={t('expiresAfter')}
              minutes={expiresAfterMinutes}
              longest={longestMinutes}
              onChange={(minutes) => {
                setKept(minutes);
                setExpiry(minutes);
              }}
              disabled={!mayEdit}
            />
          )}
        </section>
      </div>
    </details>
  );
}
