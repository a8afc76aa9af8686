'use client';
/** Takes people to another step: which one, and what that means. */
import { useState } from 'react';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Select } from '#app/_ui/select.tsx';
import { useEnrolmentWords } from './enrolment-words.ts';

export interface StepChoice {
  readonly stepKey: string;
  /** Its place and words: "3. Conseguiu ver a proposta?". */
  readonly label: string;
}

interface MoveToDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  count: number;
  steps: readonly StepChoice[];
  onConfirm: (stepKey: string) => Promise<void>;
}

export function MoveToDialog({ open, onOpenChange, count, steps, onConfirm }: MoveToDialogProps) {
  const { t } = useEnrolmentWords();
  const [chosen, setChosen] = useState<string | null>(null);
  const stepKey = chosen ?? steps[0]?.stepKey ?? '';
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('controls.moveToTitle', { count })}
      description={t('controls.moveToText')}
      confirmLabel={t('controls.moveTo')}
      onConfirm={() => onConfirm(stepKey)}
    >
      <Field label={t('controls.step')}>
        <Select value={stepKey} onValueChange={setChosen} options={steps.map((step) => ({ value: step.stepKey, label: step.label }))} />
      </Field>
    </ConfirmDialog>
  );
}
