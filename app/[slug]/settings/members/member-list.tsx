'use client';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { UserMinus } from 'lucide-react';
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
import { type Role, roleAtLeast } from '#server/domain/roles.ts';
import type { inferRouterOutputs } from '@trpc/server';
import { RoleSelect } from './role-select.tsx';

type MemberPage = inferRouterOutputs<AppRouter>['members']['list'];
type Member = MemberPage['items'][number];

export function MemberList({ initial, role, ownUserId }: { initial: MemberPage; role: Role; ownUserId: string }) {
  const t = useTranslations('settings.members');
  const tRole = useTranslations('shell.roles');
  const errorText = useErrorText();
  const api = useApi();
  const queryClient = useQueryClient();
  const list = useInfiniteQuery(
    api.members.list.infiniteQueryOptions(
      { limit: 50 },
      { getNextPageParam: (page) => page.nextCursor, initialData: { pages: [initial], pageParams: [null] } },
    ),
  );
  const refresh = () => queryClient.invalidateQueries({ queryKey: api.members.list.infiniteQueryKey() });
  const update = useMutation(
    api.members.update.mutationOptions({
      onSuccess: async (_answer, { id }) => {
        // One's own sessions end with one's role.
        if (rows.find((row) => row.id === id)?.userId === ownUserId) return window.location.reload();
        toast.success(t('roleChanged'));
        await refresh();
      },
      onError: (error) => toast.error(errorText(error)),
    }),
  );
  const remove = useMutation(
    api.members.remove.mutationOptions({
      onSuccess: async (_answer, { id }) => {
        if (rows.find((row) => row.id === id)?.userId === ownUserId) return window.location.assign('/');
        toast.success(t('removed'));
        await refresh();
      },
      onError: (error) => toast.error(errorText(error)),
    }),
  );
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const mayChange = (member: Member) => roleAtLeast(role, member.role === 'owner' ? 'owner' : 'admin');

  if (list.isError && rows.length === 0) return <ErrorState onRetry={() => void list.refetch()} />;
  return (
    <Section title={t('title')} description={t('description')}>
      <DataTable
        label={t('list')}
        rows={rows}
        rowKey={(row) => row.id}
        columns={[
          {
            key: 'name',
            header: t('name'),
            cell: (row) => (
              <span className="block min-w-0 max-w-[14rem] sm:max-w-xs">
                <span className="block truncate font-medium">
                  {row.name}
                  {row.userId === ownUserId && <span className="ml-1.5 font-normal text-muted text-xs">{t('you')}</span>}
                </span>
                <span className="block truncate text-muted text-xs">{row.email}</span>
              </span>
            ),
          },
          {
            key: 'role',
            header: t('role'),
            cell: (row) =>
              mayChange(row) ? (
                <RoleSelect
                  value={row.role}
                  allowOwner={role === 'owner'}
                  label={t('roleOf', { name: row.name })}
                  onChange={(next) => update.mutate({ id: row.id, role: next })}
                  disabled={update.isPending}
                />
              ) : (
                tRole(row.role)
              ),
          },
          { key: 'since', header: t('since'), wideOnly: true, cell: (row) => <DateTime at={row.createdAt} style="date" /> },
          {
            key: 'remove',
            header: <span className="sr-only">{t('remove')}</span>,
            align: 'end',
            cell: (row) =>
              mayChange(row) && (
                <ConfirmDialog
                  destructive
                  trigger={
                    <IconButton label={t('removeOf', { name: row.name })}>
                      <UserMinus aria-hidden="true" />
                    </IconButton>
                  }
                  title={t('removeTitle', { name: row.name })}
                  description={t('removeDescription')}
                  confirmLabel={t('remove')}
                  onConfirm={() => remove.mutateAsync({ id: row.id })}
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
    </Section>
  );
}
