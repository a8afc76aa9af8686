'use client';
/** Asks before a step is sent now: inside of the allowed hours, unless somebody says otherwise. */
import { useState } from 'react';
import { Checkbox } from '#app/_ui/checkbox.tsx';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { useEnrolmentWords } from './enrolment-words.ts';

interface SendNowDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  count: number;
  onConfirm: (force: boolean) => Promise<void>;
}

export function SendNowDialog({ open, onOpenChange, count, onConfirm }: SendNowDialogProps) {
  const { t } = useEnrolmentWords();
  const [force, setForce] = useState(false);
  const change = (next: boolean) => {
    if (!next) setForce(false);
    onOpenChange(next);
  };
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={change}
      title={t('controls.sendNowTitle', { count })}
      description={t('controls.sendNowText')}
      confirmLabel={t('controls.sendNow')}
      onConfirm={() => onConfirm(force)}
    >
      <Checkbox label={t('controls.force')} hint={t('controls.forceHint')} checked={force} onCheckedChange={setForce} />
    </ConfirmDialog>
  );
}
