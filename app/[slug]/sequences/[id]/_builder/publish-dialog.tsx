'use client';
/** Before a draft goes live: what is wrong, what changes, who is in progress, and what happens to them. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { ErrorState } from '#app/_ui/list-state.tsx';
import { RadioGroup } from '#app/_ui/radio-group.tsx';
import { Spinner } from '#app/_ui/spinner.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import { useSequenceAction } from '../../_actions/use-sequence-action.ts';
import { useBuilder } from './builder-context.tsx';
import { PublishChanges } from './publish-changes.tsx';
import { PublishProblems } from './publish-problems.tsx';

interface PublishDialogProps {
  onClose: () => void;
}

export function PublishDialog({ onClose }: PublishDialogProps) {
  const t = useTranslations('sequences.publish');
  const api = useApi();
  const errorText = useErrorText();
  const { sequence, select } = useBuilder();
  const { done } = useSequenceAction();
  const [inFlight, setInFlight] = useState<'keep' | 'move'>('keep');
  const { id } = sequence;
  const fresh = { staleTime: 0, gcTime: 0 } as const;
  const checked = useQuery(api.sequences.validate.queryOptions({ id }, fresh));
  const compared = useQuery(api.sequences.diff.queryOptions({ id }, fresh));
  const publish = useMutation(
    api.sequences.publish.mutationOptions({
      onSuccess: async ({ version }) => {
        onClose();
        await done(t('published', { version }));
      },
      onError: (error) => {
        toast.error(errorText(error));
        void checked.refetch();
        void compared.refetch();
      },
    }),
  );
  const problems = checked.data?.problems;
  const comparison = compared.data;
  const ready = problems !== undefined && comparison !== undefined && !checked.isFetching && !compared.isFetching;
  const inProgress = comparison?.waiting.reduce((sum, step) => sum + step.count, 0) ?? 0;
  const open = (stepKey: string | null) => {
    onClose();
    select(stepKey);
  };
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      size="lg"
      title={t('title', { name: sequence.name })}
      description={sequence.liveVersion === null ? t('first') : t('version', { version: sequence.liveVersion })}
      footer={
        <Button
          variant="primary"
          busy={publish.isPending}
          disabled={!ready || problems.length > 0}
          onClick={() => comparison && publish.mutate({ id, inFlight, draftRevision: comparison.draftRevision })}
        >
          {t('submit')}
        </Button>
      }
    >
      {checked.isError || compared.isError ? (
        <ErrorState onRetry={() => void Promise.all([checked.refetch(), compared.refetch()])} />
      ) : !ready ? (
        <Spinner label={t('checking')} className="py-6" />
      ) : (
        <div className="flex flex-col gap-6">
          <PublishProblems problems={problems} onOpen={open} />
          {comparison.diff && <PublishChanges diff={comparison.diff} waiting={comparison.waiting} />}
          {comparison.diff && inProgress > 0 && problems.length === 0 && (
            <RadioGroup
              label={t('inFlight.label', { count: inProgress })}
              value={inFlight}
              onValueChange={setInFlight}
              options={[
                { value: 'keep', label: t('inFlight.keep'), hint: t('inFlight.keepHint') },
                { value: 'move', label: t('inFlight.move'), hint: t('inFlight.moveHint') },
              ]}
            />
          )}
        </div>
      )}
    </Dialog>
  );
}
