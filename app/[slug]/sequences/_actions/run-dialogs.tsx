'use client';
/** Pausing, resuming and archiving: each asks, and says how many people it touches. */
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { RadioGroup } from '#app/_ui/radio-group.tsx';
import { useSequenceAction } from './use-sequence-action.ts';

export type RunAct = 'pause' | 'resume' | 'archive';

interface RunDialogProps {
  sequence: { id: string; name: string; activeCount: number; activeIsExact: boolean };
  onClose: () => void;
}

/** The question that belongs to an act. */
export function RunDialog({ act, ...props }: RunDialogProps & { act: RunAct }) {
  switch (act) {
    case 'pause':
      return <PauseDialog {...props} />;
    case 'resume':
      return <ResumeDialog {...props} />;
    case 'archive':
      return <ArchiveDialog {...props} />;
  }
}

function PauseDialog({ sequence, onClose }: RunDialogProps) {
  const t = useTranslations('sequences.actions');
  const api = useApi();
  const { done, failed } = useSequenceAction();
  const pause = useMutation(api.sequences.pause.mutationOptions({ onSuccess: () => done(t('paused')), onError: failed }));
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('pauseTitle', { name: sequence.name })}
      description={t(sequence.activeIsExact ? 'pauseDescription' : 'pauseDescriptionAbout', { count: sequence.activeCount })}
      confirmLabel={t('pause')}
      onConfirm={() => pause.mutateAsync({ id: sequence.id })}
    />
  );
}

const overdueChoices = ['shift', 'send', 'skip'] as const;

function ResumeDialog({ sequence, onClose }: RunDialogProps) {
  const t = useTranslations('sequences.actions');
  const api = useApi();
  const { done, failed } = useSequenceAction();
  const [overdue, setOverdue] = useState<(typeof overdueChoices)[number]>('shift');
  const resume = useMutation(
    api.sequences.resume.mutationOptions({
      onSuccess: (answer) => done('operationId' in answer ? t('resuming') : t('resumed')),
      onError: failed,
    }),
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('resumeTitle', { name: sequence.name })}
      description={t('resumeDescription')}
      confirmLabel={t('resume')}
      onConfirm={() => resume.mutateAsync({ id: sequence.id, overdue })}
    >
      <RadioGroup
        label={t('resumeOverdue.label')}
        value={overdue}
        onValueChange={setOverdue}
        options={overdueChoices.map((value) => ({ value, label: t(`resumeOverdue.${value}`), hint: t(`resumeOverdue.${value}Hint`) }))}
      />
    </ConfirmDialog>
  );
}

function ArchiveDialog({ sequence, onClose }: RunDialogProps) {
  const t = useTranslations('sequences.actions');
  const api = useApi();
  const { done, failed } = useSequenceAction();
  const archive = useMutation(api.sequences.archive.mutationOptions({ onSuccess: () => done(t('archived')), onError: failed }));
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('archiveTitle', { name: sequence.name })}
      description={t(sequence.activeIsExact ? 'archiveDescription' : 'archiveDescriptionAbout', { count: sequence.activeCount })}
      confirmLabel={t('archive')}
      destructive
      onConfirm={() => archive.mutateAsync({ id: sequence.id })}
    />
  );
}
