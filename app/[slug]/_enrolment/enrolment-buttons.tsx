'use client';
/** The controls of enrolments: the usual ones as buttons, the others behind a menu. What cannot be taken back asks first and
 *  says how many it touches. */
import {
  CalendarClock,
  CircleCheck,
  Ellipsis,
  FastForward,
  ListEnd,
  Pause,
  Play,
  RotateCcw,
  Send,
  TimerReset,
  UserMinus,
} from 'lucide-react';
import { useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { IconButton } from '#app/_ui/icon-button.tsx';
import { Menu, MenuItem } from '#app/_ui/menu.tsx';
import type { EnrolmentControl, EnrolmentTarget } from '#server/domain/operation.ts';
import type { EnrolmentDetails } from './enrolment-types.ts';
import { useEnrolmentWords } from './enrolment-words.ts';
import { MoveToDialog, type StepChoice } from './move-to-dialog.tsx';
import { SendNowDialog } from './send-now-dialog.tsx';
import { TimeDialog } from './time-dialog.tsx';
import { type Control, useEnrolmentControls } from './use-enrolment-controls.ts';

interface EnrolmentButtonsProps {
  target: EnrolmentTarget;
  /** How many the target means. */
  count: number;
  /** Which make sense for these enrolments. */
  controls: readonly Control[];
  /** Where they could be taken to. */
  steps: readonly StepChoice[];
  /** The zone in which times are chosen; null for the reader's. */
  zone: string | null;
  onDone?: () => void;
}

type Asked = 'remove' | 'skipStep' | 'sendNow' | 'moveTo' | 'reschedule' | 'pauseUntil' | 'sendAgain';

export function EnrolmentButtons({ target, count, controls, steps, zone, onDone }: EnrolmentButtonsProps) {
  const { t } = useEnrolmentWords();
  const [asked, setAsked] = useState<Asked | null>(null);
  const { run, busy } = useEnrolmentControls(onDone);
  const act = (control: EnrolmentControl) => run(target, control);
  // The hook has said why it failed
  const actAtOnce = (control: EnrolmentControl) => void act(control).catch(() => undefined);
  const ask = (which: Asked) => ({ open: asked === which, onOpenChange: (open: boolean) => setAsked(open ? which : null) });
  const may = (control: Control) => controls.includes(control);
  return (
    <>
      {may('pause') && (
        <Button size="sm" disabled={busy} onClick={() => actAtOnce({ control: 'pause' })}>
          <Pause aria-hidden="true" />
          {t('controls.pause')}
        </Button>
      )}
      {may('resume') && (
        <Button size="sm" disabled={busy} onClick={() => actAtOnce({ control: 'resume' })}>
          <Play aria-hidden="true" />
          {t('controls.resume')}
        </Button>
      )}
      {controls.length > 0 && (
        <Menu
          trigger={
            <IconButton label={t('controls.more')}>
              <Ellipsis aria-hidden="true" />
            </IconButton>
          }
        >
          {may('sendNow') && (
            <MenuItem icon={<Send aria-hidden="true" />} onSelect={() => setAsked('sendNow')}>
              {t('controls.sendNow')}
            </MenuItem>
          )}
          {may('reschedule') && (
            <MenuItem icon={<CalendarClock aria-hidden="true" />} onSelect={() => setAsked('reschedule')}>
              {t('controls.reschedule')}
            </MenuItem>
          )}
          {may('resolveUnknown') && (
            <MenuItem icon={<CircleCheck aria-hidden="true" />} onSelect={() => actAtOnce({ control: 'resolveUnknown', as: 'sent' })}>
              {t('controls.wasSent')}
            </MenuItem>
          )}
          {may('resolveUnknown') && (
            <MenuItem icon={<RotateCcw aria-hidden="true" />} onSelect={() => setAsked('sendAgain')}>
              {t('controls.sendAgain')}
            </MenuItem>
          )}
          {may('skipStep') && (
            <MenuItem icon={<FastForward aria-hidden="true" />} onSelect={() => setAsked('skipStep')}>
              {t('controls.skipStep')}
            </MenuItem>
          )}
          {may('moveTo') && steps.length > 0 && (
            <MenuItem icon={<ListEnd aria-hidden="true" />} onSelect={() => setAsked('moveTo')}>
              {t('controls.moveTo')}
            </MenuItem>
          )}
          {may('pause') && (
            <MenuItem icon={<TimerReset aria-hidden="true" />} onSelect={() => setAsked('pauseUntil')}>
              {t('controls.pauseUntil')}
            </MenuItem>
          )}
          {may('remove') && (
            <MenuItem destructive icon={<UserMinus aria-hidden="true" />} onSelect={() => setAsked('remove')}>
              {t('controls.remove')}
            </MenuItem>
          )}
        </Menu>
      )}
      <ConfirmDialog
        {...ask('remove')}
        destructive
        title={t('controls.removeTitle', { count })}
        description={t('controls.removeText', { count })}
        confirmLabel={t('controls.remove')}
        onConfirm={() => act({ control: 'remove' })}
      />
      <ConfirmDialog
        {...ask('skipStep')}
        title={t('controls.skipTitle', { count })}
        description={t('controls.skipText')}
        confirmLabel={t('controls.skipStep')}
        onConfirm={() => act({ control: 'skipStep' })}
      />
      <ConfirmDialog
        {...ask('sendAgain')}
        title={t('controls.sendAgainTitle', { count })}
        description={t('controls.sendAgainText')}
        confirmLabel={t('controls.sendAgain')}
        onConfirm={() => act({ control: 'resolveUnknown', as: 'again' })}
      />
      <SendNowDialog {...ask('sendNow')} count={count} onConfirm={(force) => act({ control: 'sendNow', force })} />
      <MoveToDialog {...ask('moveTo')} count={count} steps={steps} onConfirm={(stepKey) => act({ control: 'moveTo', stepKey })} />
      {(['reschedule', 'pauseUntil'] as const).map((kind) => (
        <TimeDialog
          key={kind}
          {...ask(kind)}
          kind={kind}
          count={count}
          zone={zone}
          onConfirm={(at) => act(kind === 'reschedule' ? { control: 'reschedule', at } : { control: 'pause', until: at })}
        />
      ))}
    </>
  );
}

/** The controls that can change an enrolment in this state. */
export function controlsFor({ status, waitingFor }: Pick<EnrolmentDetails, 'status' | 'waitingFor'>): Control[] {
  if (status === 'ended') return [];
  if (waitingFor === 'unknown') return [status === 'paused' ? 'resume' : 'pause', 'resolveUnknown', 'remove'];
  return status === 'paused'
    ? ['resume', 'skipStep', 'moveTo', 'remove']
    : ['pause', 'sendNow', 'reschedule', 'skipStep', 'moveTo', 'remove'];
}
