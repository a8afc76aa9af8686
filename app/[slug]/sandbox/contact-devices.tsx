'use client';
/** One contact's phone and mailbox, asked for anew every second and a half while the page is looked at. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { Link } from '#app/_ui/link.tsx';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { IconButton } from '#app/_ui/icon-button.tsx';
import { ErrorState } from '#app/_ui/list-state.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import { Tabs } from '#app/_ui/tabs.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import { nameOf } from './contact-list.tsx';
import { Mailbox } from './mailbox.tsx';
import { Phone } from './phone.tsx';
import type { Chosen } from './sandbox-view.tsx';
import { useWideScreen } from './use-wide-screen.ts';

interface ContactDevicesProps {
  slug: string;
  contactId: string;
  initial: Chosen | null;
  accountId: string | null;
  canReply: boolean;
  onBack: () => void;
}

export interface Reply {
  text: string;
  subject?: string;
  channelAccountId?: string;
}

export function ContactDevices({ slug, contactId, initial, accountId, canReply, onBack }: ContactDevicesProps) {
  const t = useTranslations('sandbox');
  const api = useApi();
  const queries = useQueryClient();
  const isWide = useWideScreen();
  const [device, setDevice] = useState<'phone' | 'mailbox' | null>(null);
  const contact = useQuery(api.contacts.get.queryOptions({ id: contactId }, initial ? { initialData: initial.contact } : {}));
  const messages = useQuery(
    api.sandbox.messages.queryOptions(
      { contactId },
      { refetchInterval: 1_500, staleTime: 0, ...(initial ? { initialData: initial.messages } : {}) },
    ),
  );
  const reply = useMutation(
    api.sandbox.reply.mutationOptions({
      onSuccess: () => queries.invalidateQueries(api.sandbox.pathFilter()),
      onError: () => toast.error(t('replyFailed')),
    }),
  );
  const items = messages.data?.items ?? [];
  const onPhone = items.filter((item) => item.place === 'phone');
  const mails = items.filter((item) => item.place === 'mailbox');
  const send = async ({ text, subject, channelAccountId }: Reply) => {
    const account = channelAccountId ?? accountId;
    if (!account) return;
    await reply.mutateAsync({
      contactId,
      channelAccountId: account,
      text,
      ...(subject ? { subject } : {}),
      idempotencyKey: crypto.randomUUID(),
    });
  };
  if (contact.isError) return <ErrorState title={t('contactMissing')} onRetry={() => void contact.refetch()} />;
  const name = contact.data ? nameOf(contact.data) : '';
  const phone = (
    <Phone
      name={name}
      address={contact.data?.phone ?? null}
      items={onPhone}
      loading={messages.isPending}
      canReply={canReply && accountId !== null}
      onReply={send}
    />
  );
  const mailbox = (
    <Mailbox
      address={contact.data?.email ?? null}
      items={mails}
      loading={messages.isPending}
      canReply={canReply && accountId !== null}
      onReply={send}
    />
  );
  const newestIsMail = items.at(-1)?.place === 'mailbox';
  return (
    <div className="mx-auto flex w-full max-w-[75rem] flex-col px-4 py-4 sm:px-8 md:py-8">
      <header className="mb-5 flex items-start gap-2">
        <IconButton label={t('back')} onClick={onBack} className="-ml-2 md:hidden">
          <ArrowLeft aria-hidden="true" />
        </IconButton>
        <div className="min-w-0">
          <h1 className="sr-only md:hidden">{t('title')}</h1>
          <h2 className="truncate font-medium text-base">
            {contact.data ? (
              <Link href={`/${slug}/contacts/${contactId}`} className="rounded-md underline-offset-4 hover:underline">
                {name}
              </Link>
            ) : (
              <>
                <span className="sr-only">{t('contact')}</span>
                <Skeleton className="w-40" />
              </>
            )}
          </h2>
          <p className="truncate text-muted text-xs">{[contact.data?.phone, contact.data?.email].filter(Boolean).join(' · ')}</p>
        </div>
      </header>
      {messages.isError && items.length === 0 ? (
        <ErrorState onRetry={() => void messages.refetch()} />
      ) : isWide ? (
        <div className="grid grid-cols-[20rem_minmax(0,1fr)] items-start gap-8 xl:gap-10">
          {phone}
          {mailbox}
        </div>
      ) : (
        <Tabs
          label={t('devices')}
          value={device ?? (newestIsMail ? 'mailbox' : 'phone')}
          onValueChange={setDevice}
          tabs={[
            { value: 'phone', label: t('phone.title'), content: phone },
            {
              value: 'mailbox',
              label: mails.length > 0 ? t('mailbox.titleCount', { count: mails.length }) : t('mailbox.title'),
              content: mailbox,
            },
          ]}
        />
      )}
    </div>
  );
}
