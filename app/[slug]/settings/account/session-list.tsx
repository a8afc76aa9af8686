'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { Button } from '#app/_ui/button.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import { ErrorState } from '#app/_ui/list-state.tsx';
import { Section } from '#app/_ui/section.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { browserName } from './browser-name.ts';

type Sessions = inferRouterOutputs<AppRouter>['account']['sessions'];

export function SessionList({ initial }: { initial: Sessions }) {
  const t = useTranslations('settings.sessions');
  const errorText = useErrorText();
  const api = useApi();
  const queryClient = useQueryClient();
  const sessions = useQuery(api.account.sessions.queryOptions({}, { initialData: initial }));
  const revoke = useMutation(
    api.account.revokeSession.mutationOptions({
      onSuccess: async () => {
        toast.success(t('ended'));
        await queryClient.invalidateQueries({ queryKey: api.account.sessions.queryKey() });
      },
      onError: (error) => toast.error(errorText(error)),
    }),
  );
  if (sessions.isError) return <ErrorState onRetry={() => void sessions.refetch()} />;
  return (
    <Section title={t('title')} description={t('description')}>
      <ul className="max-w-2xl divide-y divide-line border-line border-y">
        {sessions.data.items.map((session) => (
          <li key={session.id} className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 py-2">
            <span className="min-w-0 flex-1">
              <span className="block truncate">{browserName(session.userAgent) ?? t('unknownBrowser')}</span>
              <span className="block text-muted text-xs">
                {t('since')} <DateTime at={session.createdAt} />
              </span>
            </span>
            {session.current ? (
              <Badge>{t('current')}</Badge>
            ) : (
              <Button
                size="sm"
                busy={revoke.isPending && revoke.variables?.id === session.id}
                onClick={() => revoke.mutate({ id: session.id })}
              >
                {t('end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
