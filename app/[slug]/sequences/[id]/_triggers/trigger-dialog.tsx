'use client';
/** Makes a trigger: what happens, and which contacts it counts for. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactElement, useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import { watchedColumns } from '#server/domain/trigger.ts';
import { useBuilder } from '../_builder/builder-context.tsx';
import { conditionOfDraft, draftKinds, emptyDraft, happeningOf, type TriggerDraft } from './trigger-draft.ts';
import { useFieldName } from './trigger-sentence.ts';
import { WhomFields } from './whom-fields.tsx';

export function TriggerDialog({ trigger }: { trigger: ReactElement<Record<string, unknown>> }) {
  const t = useTranslations('triggers.create');
  const api = useApi();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const { sequence, fields } = useBuilder();
  const fieldName = useFieldName();
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState<TriggerDraft>(emptyDraft);
  const [tried, setTried] = useState(false);
  const set = (part: Partial<TriggerDraft>) => setDraft((before) => ({ ...before, ...part }));
  const on = happeningOf(draft);
  const create = useMutation(
    api.triggers.create.mutationOptions({
      async onSuccess() {
        toast.success(t('created'));
        change(false);
        await queries.invalidateQueries(api.triggers.list.pathFilter());
      },
    }),
  );
  const change = (next: boolean) => {
    setOpen(next);
    setDraft(emptyDraft);
    setTried(false);
    create.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setTried(true);
    const condition = conditionOfDraft(draft);
    if (on && condition) create.mutate({ sequenceId: sequence.id, on, condition });
  };
  const isSilence = draft.kind === 'notContacted' || draft.kind === 'noReply';
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      trigger={trigger}
      size="lg"
      title={t('title')}
      footer={
        <Button type="submit" form="create-trigger" variant="primary" busy={create.isPending}>
          {t('submit')}
        </Button>
      }
    >
      <form id="create-trigger" noValidate onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t('when')} error={create.error ? errorText(create.error) : undefined}>
          <Select
            value={draft.kind}
            onValueChange={(kind) => set({ kind })}
            options={draftKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          />
        </Field>
        {draft.kind === 'tagAdded' && (
          <Field label={t('tag')} error={tried && !on ? t('tagMissing') : undefined}>
            <Input maxLength={60} value={draft.tag} onValueChange={(tag) => set({ tag })} />
          </Field>
        )}
        {draft.kind === 'fieldChanged' && (
          <>
            <Field label={t('field')}>
              <Select
                value={draft.field}
                onValueChange={(field) => set({ field })}
                options={[...watchedColumns, ...fields.map(({ key }) => `fields.${key}`)].map((value) => ({
                  value,
                  label: fieldName(value),
                }))}
              />
            </Field>
            <Field label={t('becomes')} optionalLabel={t('optional')}>
              <Input maxLength={200} value={draft.becomes} onValueChange={(becomes) => set({ becomes })} />
            </Field>
          </>
        )}
        {isSilence && (
          <Field label={t('days')} hint={t('silentNow')} error={tried && !on ? t('daysWrong') : undefined} className="max-w-60">
            <Input type="number" inputMode="numeric" min={1} max={3650} value={draft.days} onValueChange={(days) => set({ days })} />
          </Field>
        )}
        <WhomFields draft={draft} tried={tried} onChange={set} />
      </form>
    </Dialog>
  );
}
