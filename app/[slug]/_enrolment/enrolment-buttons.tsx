'use client';
/** The controls as buttons. Removing asks first and says how many it touches. */
import { Pause, Play, UserMinus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { useEnrolmentWords } from './enrolment-words.ts';
import { type Control, useEnrolmentControls } from './use-enrolment-controls.ts';

interface EnrolmentButtonsProps {
  ids: string[];
  /** Which make sense for these enrolments. */
  controls: readonly Control[];
  onDone?: () => void;
}

export function EnrolmentButtons({ ids, controls, onDone }: EnrolmentButtonsProps) {
  const { t } = useEnrolmentWords();
  const [asking, setAsking] = useState(false);
  const { run, busy } = useEnrolmentControls(onDone);
  // The hook has said why it failed
  const act = (control: Control) => void run(control, ids).catch(() => undefined);
  return (
    <>
      {controls.includes('pause') && (
        <Button size="sm" disabled={busy} onClick={() => act('pause')}>
          <Pause aria-hidden="true" />
          {t('controls.pause')}
        </Button>
      )}
      {controls.includes('resume') && (
        <Button size="sm" disabled={busy} onClick={() => act('resume')}>
          <Play aria-hidden="true" />
          {t('controls.resume')}
        </Button>
      )}
      {controls.includes('remove') && (
        <Button size="sm" disabled={busy} onClick={() => setAsking(true)}>
          <UserMinus aria-hidden="true" />
          {t('controls.remove')}
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        destructive
        title={t('controls.removeTitle', { count: ids.length })}
        description={t('controls.removeText', { count: ids.length })}
        confirmLabel={t('controls.remove')}
        onConfirm={() => run('remove', ids)}
      />
    </>
  );
}

/** The controls that can change an enrolment in this state. */
export function controlsFor(status: 'active' | 'paused' | 'held' | 'ended'): Control[] {
  if (status === 'ended') return [];
  return status === 'paused' ? ['resume', 'remove'] : ['pause', 'remove'];
}
