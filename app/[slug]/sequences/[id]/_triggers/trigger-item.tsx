'use client';
/** One trigger: its sentence, whether it is on, what came of it. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ListFilter, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import { IconButton } from '#app/_ui/icon-button.tsx';
import { Switch } from '#app/_ui/switch.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import { useBuilder } from '../_builder/builder-context.tsx';
import { type Trigger, useTriggerSentence } from './trigger-sentence.ts';
import { WhomDialog } from './whom-dialog.tsx';

export function TriggerItem({ trigger }: { trigger: Trigger }) {
  const t = useTranslations('triggers');
  const api = useApi();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const { mayEdit } = useBuilder();
  const sentence = useTriggerSentence({ asksSegments: trigger.condition.segmentId !== undefined })(trigger);
  const refresh = () => queries.invalidateQueries(api.triggers.list.pathFilter());
  const update = useMutation(
    api.triggers.update.mutationOptions({ onSuccess: refresh, onError: (error) => toast.error(errorText(error)) }),
  );
  const remove = useMutation(api.triggers.delete.mutationOptions());
  const confirm = async () => {
    try {
      await remove.mutateAsync({ id: trigger.id });
    } catch (error) {
      toast.error(errorText(error));
      throw error;
    }
    toast.success(t('delete.done'));
    await refresh();
  };
  return (
    <li className="flex flex-col gap-1.5 px-3 py-2.5">
      <div className="flex items-start gap-2">
        <Switch
          className="min-w-0 flex-1"
          label={sentence}
          checked={trigger.enabled}
          disabled={!mayEdit || update.isPending}
          onCheckedChange={(enabled) => update.mutate({ id: trigger.id, enabled })}
        />
        {mayEdit && (
          <WhomDialog
            of={trigger}
            trigger={
              <IconButton label={t('whom.open', { name: sentence })}>
                <ListFilter aria-hidden="true" />
              </IconButton>
            }
          />
        )}
        {mayEdit && (
          <ConfirmDialog
            destructive
            trigger={
              <IconButton label={t('delete.open', { name: sentence })}>
                <Trash2 aria-hidden="true" />
              </IconButton>
            }
            title={t('delete.title')}
            description={t('delete.description')}
            confirmLabel={t('delete.confirm')}
            onConfirm={confirm}
          />
        )}
      </div>
      <TriggerOutcome trigger={trigger} />
    </li>
  );
}

function TriggerOutcome({ trigger: { lastAt, enrolled, refused } }: { trigger: Trigger }) {
  const t = useTranslations('triggers');
  const shared = useTranslations('contacts.enrolDialog.reasons');
  if (lastAt === null) return <p className="pl-12 text-muted text-xs">{t('outcome.never')}</p>;
  const total = refused.reduce((sum, { count }) => sum + count, 0);
  const words = (reason: string, count: number): string => {
    const own = `reasons.${reason}` as 'reasons.loop';
    return t.has(own) ? t(own, { count }) : shared(shared.has(reason as 'other') ? (reason as 'other') : 'other', { count });
  };
  return (
    <div className="flex flex-col gap-1 pl-12 text-muted text-xs">
      <p>
        {t('outcome.enrolled', { count: enrolled })} · {t.rich('outcome.last', { at: () => <DateTime at={lastAt} /> })}
      </p>
      {total > 0 && (
        <details>
          <summary className="cursor-pointer">{t('outcome.refused', { count: total })}</summary>
          <ul className="mt-1 list-disc pl-4">
            {refused.map(({ reason, count }) => (
              <li key={reason}>{words(reason, count)}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
