'use client';
/** Says what became of a change to many contacts: at once, or when the operation that it turned into has ended. */
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useApi, useApiClient } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { toast } from '#app/_ui/toaster.tsx';

export type BulkAnswer = { accepted: { count: number } } | { operationId: string };

const pollMs = 1_000;

export function useBulkOutcome(): (answer: BulkAnswer, done: 'tagged' | 'untagged' | 'fieldSet' | 'deleted') => void {
  const t = useTranslations('contacts.bulk');
  const api = useApi();
  const client = useApiClient();
  const queries = useQueryClient();
  const errorText = useErrorText();

  /** How many were changed, once it is known. */
  const countOf = async (answer: BulkAnswer): Promise<number> => {
    if ('accepted' in answer) return answer.accepted.count;
    for (;;) {
      const operation = await client.operations.get.query({ id: answer.operationId });
      if (operation.finishedAt !== null) return operation.accepted;
      await new Promise((later) => setTimeout(later, pollMs));
    }
  };

  return (answer, done) => {
    const outcome = countOf(answer).then(async (count) => {
      await queries.invalidateQueries({ queryKey: api.contacts.pathKey() });
      return count;
    });
    const said = { success: (count: number) => t(done, { count }), error: errorText };
    toast.promise(outcome, 'operationId' in answer ? { ...said, loading: t('working') } : said);
  };
}
