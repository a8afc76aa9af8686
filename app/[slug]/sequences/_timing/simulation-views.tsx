'use client';
/** The same simulation as a list or as a calendar, and the calendar in large. */
import { Maximize2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Dialog } from '#app/_ui/dialog.tsx';
import { IconButton } from '#app/_ui/icon-button.tsx';
import { Segmented } from '#app/_ui/segmented.tsx';
import { SimulationCalendar } from './simulation-calendar.tsx';
import type { SimulationShown } from './simulation-state.ts';
import { SimulationTimeline } from './simulation-timeline.tsx';
import type { SimulationViewProps } from './simulation-view.ts';

const views: readonly SimulationShown[] = ['list', 'calendar'];

interface SimulationViewsProps extends SimulationViewProps {
  shown: SimulationShown;
  onShow: (shown: SimulationShown) => void;
}

export function SimulationViews({ shown, onShow, ...view }: SimulationViewsProps) {
  const t = useTranslations('time.simulation');
  const [isLarge, setLarge] = useState(false);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center justify-between gap-2">
        <Segmented
          label={t('view')}
          value={shown}
          onValueChange={onShow}
          options={views.map((value) => ({ value, label: t(`views.${value}`) }))}
        />
        {shown === 'calendar' && (
          <IconButton label={t('enlarge')} className="hidden sm:inline-flex" onClick={() => setLarge(true)}>
            <Maximize2 aria-hidden="true" />
          </IconButton>
        )}
      </div>
      {shown === 'list' ? <SimulationTimeline {...view} /> : <SimulationCalendar {...view} />}
      <Dialog size="xl" title={t('enlarged')} open={isLarge} onOpenChange={setLarge}>
        <SimulationCalendar
          large
          {...view}
          onStepSelect={
            view.onStepSelect &&
            ((stepKey) => {
              setLarge(false);
              view.onStepSelect?.(stepKey);
            })
          }
        />
      </Dialog>
    </div>
  );
}
