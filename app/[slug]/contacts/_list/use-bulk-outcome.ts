'use client';
/** Says what became of a change to many contacts: at once, or, of an operation, how far it is and how it ended. */
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useApi, useApiClient } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { toast } from '#app/_ui/toaster.tsx';

export type BulkAnswer = { accepted: { count: number } } | { operationId: string };
type Done = 'tagged' | 'untagged' | 'fieldSet' | 'ownerSet' | 'removed' | 'deleted';

const pollMs = 1_000;

export function useBulkOutcome(): (answer: BulkAnswer, done: Done) => Promise<void> {
  const t = useTranslations('contacts.bulk');
  const api = useApi();
  const client = useApiClient();
  const queries = useQueryClient();
  const errorText = useErrorText();

  const show = async () => {
    for (const family of [api.contacts, api.enrolments]) await queries.invalidateQueries({ queryKey: family.pathKey() });
  };
  /** The code of a known cause stands in front of a colon. */
  const failureText = (error: string | null, count: number): string => {
    const known = `failures.${error?.split(':')[0] ?? ''}` as 'failures.ownerLeft';
    return t.has(known) ? t(known) : t('failed', { count });
  };
  const stop = (operationId: string) => {
    client.operations.cancel.mutate({ id: operationId }).catch((error: unknown) => toast.error(errorText(error)));
  };
  const follow = async (operationId: string, done: Done): Promise<void> => {
    const id = operationId;
    for (;;) {
      const operation = await client.operations.get.query({ id });
      if (operation.finishedAt !== null) {
        await show();
        const { status, accepted: count } = operation;
        const ended = { id, description: undefined, action: undefined, duration: undefined };
        if (status === 'failed') toast.error(failureText(operation.error, count), ended);
        else toast.success(status === 'canceled' ? t('stopped', { count }) : t(done, { count }), ended);
        return;
      }
      toast.loading(t('working'), {
        id,
        duration: Number.POSITIVE_INFINITY,
        ...(operation.total !== null && { description: t('progress', { done: operation.done, total: operation.total }) }),
        action: { label: t('stop'), onClick: () => stop(id) },
      });
      await new Promise((later) => setTimeout(later, pollMs));
    }
  };

  return async (answer, done) => {
    if ('accepted' in answer) {
      toast.success(t(done, { count: answer.accepted.count }));
      return show();
    }
    await follow(answer.operationId, done).catch((error: unknown) => {
      toast.error(errorText(error), { id: answer.operationId, description: undefined, action: undefined });
    });
  };
}
