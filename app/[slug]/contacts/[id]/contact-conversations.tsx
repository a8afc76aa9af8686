'use client';
/** Who talks with the contact: conversations that a person of the team can take over, and channels that the contact refused. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import type { AppRouter } from '#server/api/root.ts';
import type { Contact } from './contact-view.tsx';
import { ImportSource } from './import-deeds.tsx';

type Outputs = inferRouterOutputs<AppRouter>;
export type Conversations = Outputs['conversations']['list'];
type OptOut = Contact['optOuts'][number];

interface ContactConversationsProps {
  slug: string;
  contact: Contact;
  firstPage: Conversations;
  mayEdit: boolean;
}

export function ContactConversations({ slug, contact, firstPage, mayEdit }: ContactConversationsProps) {
  const t = useTranslations('contacts.conversations');
  const api = useApi();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const [allowed, setAllowed] = useState<OptOut | null>(null);
  const { data } = useQuery(api.conversations.list.queryOptions({ contactId: contact.id }, { initialData: firstPage }));
  const options = {
    onError: (error: unknown) => void toast.error(errorText(error)),
    onSettled: async () => {
      for (const family of [api.conversations, api.enrolments, api.contacts])
        await queries.invalidateQueries({ queryKey: family.pathKey() });
    },
  };
  const takeOver = useMutation(api.conversations.takeOver.mutationOptions(options));
  const release = useMutation(api.conversations.release.mutationOptions(options));
  const optIn = useMutation(api.contacts.optIn.mutationOptions(options));
  const busy = takeOver.isPending || release.isPending;
  if (data.items.length === 0 && contact.optOuts.length === 0) return <p className="text-muted">{t('none')}</p>;
  return (
    <>
      <ul className="flex flex-col gap-3">
        {data.items.map(({ id, channelAccountName, owner }) => (
          <li key={id} className="flex items-start justify-between gap-3">
            <div className="min-w-0">
              <p className="break-words">{channelAccountName}</p>
              <p className="text-muted text-xs">{owner ? t('with', { name: owner.name ?? '' }) : t('automatic')}</p>
            </div>
            {mayEdit && (
              <Button size="sm" disabled={busy} onClick={() => (owner ? release : takeOver).mutate({ id })}>
                {owner ? t('release') : t('takeOver')}
              </Button>
            )}
          </li>
        ))}
        {contact.optOuts.map((optOut) => (
          <li key={optOut.channelKind} className="flex items-start justify-between gap-3">
            <div className="min-w-0">
              <p className="text-failed">{t('optedOut', { channel: t(`kinds.${optOut.channelKind}`) })}</p>
              <p className="text-muted text-xs">
                {optOut.import ? <ImportSource slug={slug} by={optOut.import} /> : t(`sources.${optOut.source}`)} ·{' '}
                <DateTime at={optOut.at} style="date" />
              </p>
            </div>
            {mayEdit && (
              <Button size="sm" onClick={() => setAllowed(optOut)}>
                {t('optIn')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {data.items.some((conversation) => conversation.owner) && <p className="mt-3 text-muted text-xs">{t('held')}</p>}
      <ConfirmDialog
        open={allowed !== null}
        onOpenChange={(open) => !open && setAllowed(null)}
        title={t('optInTitle')}
        description={t('optInText')}
        confirmLabel={t('optIn')}
        onConfirm={async () => {
          if (allowed) await optIn.mutateAsync({ id: contact.id, channelKind: allowed.channelKind });
        }}
      />
    </>
  );
}
