'use client';
/** Changes which contacts a trigger counts for. What waits is judged by it, and who has entered stays. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactElement, useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import { conditionOfDraft, type WhomDraft, whomOf } from './trigger-draft.ts';
import type { Trigger } from './trigger-sentence.ts';
import { WhomFields } from './whom-fields.tsx';

interface WhomDialogProps {
  of: Trigger;
  trigger: ReactElement<Record<string, unknown>>;
}

export function WhomDialog({ of, trigger }: WhomDialogProps) {
  const t = useTranslations('triggers.whom');
  const api = useApi();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState<WhomDraft>(() => whomOf(of.condition));
  const [tried, setTried] = useState(false);
  const update = useMutation(
    api.triggers.update.mutationOptions({
      async onSuccess() {
        toast.success(t('changed'));
        change(false);
        await queries.invalidateQueries(api.triggers.list.pathFilter());
      },
    }),
  );
  const change = (next: boolean) => {
    setOpen(next);
    if (!next) return;
    setDraft(whomOf(of.condition));
    setTried(false);
    update.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setTried(true);
    const condition = conditionOfDraft(draft);
    if (condition) update.mutate({ id: of.id, condition });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      trigger={trigger}
      size="lg"
      title={t('title')}
      description={t('description')}
      footer={
        <Button type="submit" form={`whom-${of.id}`} variant="primary" busy={update.isPending}>
          {t('save')}
        </Button>
      }
    >
      <form id={`whom-${of.id}`} noValidate onSubmit={submit} className="flex flex-col gap-4">
        <WhomFields draft={draft} tried={tried} onChange={(part) => setDraft((before) => ({ ...before, ...part }))} />
        {update.error && (
          <p role="alert" className="text-failed">
            {errorText(update.error)}
          </p>
        )}
      </form>
    </Dialog>
  );
}
