'use client';
/** What came of an enrolment of many: how many are in, how many are out and by which reasons. */
import { useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { Progress } from '#app/_ui/progress.tsx';
import type { AppRouter } from '#server/api/root.ts';

type EnrolAnswer = inferRouterOutputs<AppRouter>['enrolments']['enrol'];

export function EnrolOutcome({ answer }: { answer: EnrolAnswer }) {
  if ('operationId' in answer) return <OperationOutcome id={answer.operationId} />;
  return <Outcome accepted={answer.accepted.length} refused={answer.refused} refusedCount={answer.refused.length} />;
}

function OperationOutcome({ id }: { id: string }) {
  const t = useTranslations('contacts.enrolDialog');
  const api = useApi();
  const operation = useQuery(
    api.operations.get.queryOptions({ id }, { refetchInterval: ({ state }) => (state.data?.finishedAt ? false : 1_000) }),
  );
  const data = operation.data;
  if (!data?.finishedAt) {
    return (
      <div className="flex flex-col gap-2">
        <Progress
          label={t('running')}
          value={data?.total ? data.done : null}
          max={data?.total ?? 100}
          detail={data?.total ? t('progress', { done: data.done, total: data.total }) : undefined}
        />
        <p className="text-muted">{t('runningHint')}</p>
      </div>
    );
  }
  return <Outcome accepted={data.accepted} refused={data.refusals} refusedCount={data.refused} />;
}

interface OutcomeProps {
  accepted: number;
  /** The first thousand at most. */
  refused: readonly { readonly reason?: string }[];
  refusedCount: number;
}

function Outcome({ accepted, refused, refusedCount }: OutcomeProps) {
  const t = useTranslations('contacts.enrolDialog');
  const reasons = new Map<string, number>();
  for (const { reason = 'other' } of refused) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return (
    <div role="status" className="flex flex-col gap-3">
      <p className="font-medium">{t('done', { count: accepted })}</p>
      {refusedCount > 0 && (
        <div>
          <p>{t('refused', { count: refusedCount })}</p>
          <ul className="mt-1 list-disc pl-5 text-muted">
            {[...reasons].map(([reason, count]) => {
              const key = `reasons.${reason}` as 'reasons.other';
              return <li key={reason}>{t(t.has(key) ? key : 'reasons.other', { count })}</li>;
            })}
          </ul>
        </div>
      )}
    </div>
  );
}
