'use client';
import { useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState, ErrorState } from '#app/_ui/list-state.tsx';
import { Section } from '#app/_ui/section.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { type Role, roleAtLeast } from '#server/domain/roles.ts';
import { AccountSheet } from './account-sheet.tsx';
import { AccountRow } from './account-row.tsx';
import { TestDialog } from './test-dialog.tsx';

type Page = inferRouterOutputs<AppRouter>['channels']['list'];
export type Account = Page['items'][number];

export function ChannelList({ slug, initial, role }: { slug: string; initial: Page; role: Role }) {
  const t = useTranslations('channels');
  const api = useApi();
  const [edited, setEdited] = useState<Account | 'new' | null>(null);
  const [tested, setTested] = useState<Account | null>(null);
  const list = useQuery(api.channels.list.queryOptions({ limit: 200 }, { initialData: initial }));
  const isAdmin = roleAtLeast(role, 'admin');
  const add = (
    <Button variant="primary" onClick={() => setEdited('new')}>
      <Plus aria-hidden="true" />
      {t('add')}
    </Button>
  );
  return (
    <Section title={t('title')} description={isAdmin ? t('description') : t('descriptionForOthers')} actions={isAdmin && add}>
      {list.isError && list.data.items.length === 0 && <ErrorState onRetry={() => void list.refetch()} />}
      {list.data.items.length === 0 ? (
        <EmptyState title={t('empty.title')} action={isAdmin && add}>
          {t('empty.description')}
        </EmptyState>
      ) : (
        <ul className="border-line border-t">
          {list.data.items.map((account) => (
            <AccountRow
              key={account.id}
              slug={slug}
              account={account}
              isAdmin={isAdmin}
              mayPause={roleAtLeast(role, 'editor')}
              onEdit={() => setEdited(account)}
              onTest={() => setTested(account)}
            />
          ))}
        </ul>
      )}
      {edited && (
        <AccountSheet
          account={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onSaved={(account) => {
            setEdited(null);
            setTested(account);
          }}
        />
      )}
      {tested && <TestDialog account={tested} onClose={() => setTested(null)} />}
    </Section>
  );
}
