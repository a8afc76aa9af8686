'use client';
/** Contacts on the left, the chosen one's phone and mailbox beside them; on phones one after the other. The choice is in the URL. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { cn } from '#app/_ui/class-names.ts';
import { LinkButton } from '#app/_ui/link-button.tsx';
import { EmptyState } from '#app/_ui/list-state.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { ContactDevices } from './contact-devices.tsx';
import { ContactList } from './contact-list.tsx';

type Contacts = inferRouterOutputs<AppRouter>['sandbox']['contacts'];
export type SandboxContact = Contacts['items'][number];
type Outputs = inferRouterOutputs<AppRouter>;
export interface Chosen {
  contact: Outputs['contacts']['get'];
  messages: Outputs['sandbox']['messages'];
}
export type SandboxItem = inferRouterOutputs<AppRouter>['sandbox']['messages']['items'][number];

interface SandboxViewProps {
  slug: string;
  contacts: Contacts;
  chosenId: string | null;
  /** Of `chosenId`, for the first paint. */
  chosen: Chosen | null;
  accountId: string | null;
  canReply: boolean;
}

export function SandboxView({ slug, contacts, chosenId, chosen, accountId, canReply }: SandboxViewProps) {
  const t = useTranslations('sandbox');
  const api = useApi();
  const router = useRouter();
  const inUrl = useSearchParams().get('contact') ?? chosenId;
  const [search, setSearch] = useState('');
  const list = useQuery(
    api.sandbox.contacts.queryOptions(search ? { search } : {}, {
      ...(search ? {} : { initialData: contacts }),
      placeholderData: keepPreviousData,
      refetchInterval: 4_000,
    }),
  );
  const items = list.data?.items ?? [];
  const choose = (id: string | null) => router.replace(id ? `/${slug}/sandbox?contact=${id}` : `/${slug}/sandbox`, { scroll: false });
  const nobodyYet = items.length === 0 && !search && !inUrl;
  return (
    <div className="flex min-h-[calc(100dvh-8.25rem)] md:h-dvh md:min-h-0">
      <div className={cn('w-full flex-col border-line md:flex md:w-64 md:shrink-0 md:border-r', inUrl ? 'hidden' : 'flex')}>
        <ContactList
          items={items}
          chosenId={inUrl}
          search={search}
          failed={list.isError}
          onSearch={setSearch}
          onChoose={choose}
          onRetry={() => void list.refetch()}
        />
      </div>
      <div className={cn('min-w-0 flex-1 md:block md:overflow-y-auto', inUrl ? 'block' : 'hidden')}>
        {inUrl ? (
          <ContactDevices
            key={inUrl}
            slug={slug}
            contactId={inUrl}
            initial={inUrl === chosenId ? chosen : null}
            accountId={accountId}
            canReply={canReply}
            onBack={() => choose(null)}
          />
        ) : (
          <EmptyState
            title={nobodyYet ? t('empty.title') : t('choose.title')}
            action={nobodyYet && <LinkButton href={`/${slug}/sequences`}>{t('empty.action')}</LinkButton>}
          >
            {nobodyYet ? t('empty.description') : t('choose.description')}
          </EmptyState>
        )}
      </div>
    </div>
  );
}
