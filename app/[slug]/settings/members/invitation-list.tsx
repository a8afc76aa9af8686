'use client';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import { IconButton } from '#app/_ui/icon-button.tsx';
import { ErrorState } from '#app/_ui/list-state.tsx';
import { LoadMore } from '#app/_ui/load-more.tsx';
import { Section } from '#app/_ui/section.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import type { AppRouter } from '#server/api/root.ts';
import type { Role } from '#server/domain/roles.ts';
import { InviteDialog } from './invite-dialog.tsx';

type InvitationPage = inferRouterOutputs<AppRouter>['members']['invitations'];

export function InvitationList({ initial, role }: { initial: InvitationPage; role: Role }) {
  const t = useTranslations('settings.invitations');
  const tRole = useTranslations('shell.roles');
  const errorText = useErrorText();
  const api = useApi();
  const queryClient = useQueryClient();
  const list = useInfiniteQuery(
    api.members.invitations.infiniteQueryOptions(
      { limit: 50 },
      { getNextPageParam: (page) => page.nextCursor, initialData: { pages: [initial], pageParams: [null] } },
    ),
  );
  const refresh = () => queryClient.invalidateQueries({ queryKey: api.members.invitations.infiniteQueryKey() });
  const revoke = useMutation(
    api.members.revokeInvitation.mutationOptions({
      onSuccess: async () => {
        toast.success(t('revoked'));
        await refresh();
      },
      onError: (error) => toast.error(errorText(error)),
    }),
  );
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <Section
      title={t('title')}
      description={t('description')}
      actions={<InviteDialog mayInviteOwner={role === 'owner'} onInvited={refresh} />}
    >
      {list.isError && rows.length === 0 && <ErrorState onRetry={() => void list.refetch()} />}
      {!list.isError && rows.length === 0 && <p className="text-muted">{t('none')}</p>}
      {rows.length > 0 && (
        <>
          <DataTable
            label={t('list')}
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              { key: 'email', header: t('email'), cell: (row) => <span className="break-all">{row.email}</span> },
              { key: 'role', header: t('role'), cell: (row) => tRole(row.role) },
              { key: 'expires', header: t('expires'), wideOnly: true, cell: (row) => <DateTime at={row.expiresAt} /> },
              {
                key: 'revoke',
                header: <span className="sr-only">{t('revoke')}</span>,
                align: 'end',
                cell: (row) => (
                  <ConfirmDialog
                    destructive
                    trigger={
                      <IconButton label={t('revokeOf', { email: row.email })}>
                        <X aria-hidden="true" />
                      </IconButton>
                    }
                    title={t('revokeTitle', { email: row.email })}
                    description={t('revokeDescription')}
                    confirmLabel={t('revoke')}
                    onConfirm={() => revoke.mutateAsync({ id: row.id })}
                  />
                ),
              },
            ]}
          />
          <LoadMore
            shown={rows.length}
            hasMore={list.hasNextPage}
            busy={list.isFetchingNextPage}
            onLoadMore={() => void list.fetchNextPage()}
          />
        </>
      )}
    </Section>
  );
}
