'use client';
/** How the text reads for a real contact: what is filled in, and what is missing. Follows the typing. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { useDeferredValue, useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { Combobox, type ComboboxOption } from '#app/_ui/combobox.tsx';
import { HtmlFrame } from '#app/_ui/html-frame.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import type { AppRouter } from '#server/api/root.ts';
import type { MessageContent } from '#server/domain/definition/schema.ts';
import { useRested } from './use-rested.ts';

type Outputs = inferRouterOutputs<AppRouter>;
type Preview = Outputs['sequences']['preview'];
type Contact = Outputs['contacts']['list']['items'][number];
type Part = Preview['body'][number];

interface ContentPreviewProps {
  content: Pick<MessageContent, 'subject' | 'body' | 'html' | 'fallback'>;
  channelAccountId?: string;
  sequenceName: string;
}

export function ContentPreview({ content, channelAccountId, sequenceName }: ContentPreviewProps) {
  const t = useTranslations('content');
  const api = useApi();
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<ComboboxOption | null>(null);
  const first = useQuery(api.contacts.list.queryOptions({ limit: 1 })).data?.items[0];
  const contact = chosen ?? (first ? optionOf(first) : null);
  // What stands in the box is the chosen name until somebody types: then it is a search.
  const typed = useDeferredValue(search === contact?.label ? '' : search);
  const found = useQuery(
    api.contacts.list.queryOptions({ limit: 20, ...(typed ? { search: typed } : {}) }, { placeholderData: keepPreviousData }),
  );
  const { subject, body, html, fallback } = useRested(content, 300);
  const preview = useQuery(
    api.sequences.preview.queryOptions(
      {
        contactId: contact?.value ?? '',
        content: withoutGaps({ subject, body, html, fallback }),
        sequenceName,
        ...(channelAccountId ? { channelAccountId } : {}),
      },
      { enabled: contact !== null, placeholderData: keepPreviousData },
    ),
  );
  return (
    <section aria-label={t('preview')} className="flex flex-col gap-3">
      <div className="flex flex-col gap-1.5">
        <h3 className="font-medium">{t('preview')}</h3>
        <Combobox
          aria-label={t('previewFor')}
          placeholder={t('previewFor')}
          options={(found.data?.items ?? []).map(optionOf)}
          selected={contact}
          onSelect={setChosen}
          onSearch={setSearch}
          loading={found.isFetching && !found.data}
          clearable={false}
        />
      </div>
      {found.data?.items.length === 0 && !typed && <p className="text-muted">{t('noContacts')}</p>}
      {contact && !preview.data && preview.isPending && <Skeleton className="h-20" />}
      {preview.isError && <p className="text-danger-text">{t('previewFailed')}</p>}
      {contact && preview.data && <PreviewText preview={preview.data} hasChannel={channelAccountId !== undefined} />}
    </section>
  );
}

function optionOf({ id, name, phone, email }: Contact): ComboboxOption {
  return { value: id, label: name ?? phone ?? email ?? '—', hint: [phone, email].filter(Boolean).join(' · ') };
}

function PreviewText({ preview, hasChannel }: { preview: Preview; hasChannel: boolean }) {
  const t = useTranslations('content');
  if (preview.error) return <p className="rounded-md bg-danger-soft px-3 py-2 text-danger-text">{t('cannotFill')}</p>;
  const names = preview.missing.join(', ');
  return (
    <div className="flex flex-col gap-2" aria-live="polite">
      {hasChannel && preview.address === null && <p className="text-waiting">{t('noAddress')}</p>}
      {preview.missing.length > 0 && (
        <p className="text-waiting">{preview.fallback ? t('missingFallback', { names }) : t('missing', { names })}</p>
      )}
      {preview.fallback ? (
        <Text parts={preview.fallback} />
      ) : (
        <>
          {preview.subject && (
            <p className="font-medium">
              <Parts parts={preview.subject} />
            </p>
          )}
          {preview.html === null ? <Text parts={preview.body} /> : <HtmlFrame title={t('preview')} html={preview.html} />}
        </>
      )}
    </div>
  );
}

function Text({ parts }: { parts: readonly Part[] }) {
  return (
    <p className="max-w-prose whitespace-pre-wrap rounded-md border border-line bg-paper px-3.5 py-2.5 [overflow-wrap:anywhere]">
      <Parts parts={parts} />
    </p>
  );
}

function Parts({ parts }: { parts: readonly Part[] }) {
  return parts.map((part, index) =>
    part.kind === 'text' ? (
      <span key={index}>{part.text}</span>
    ) : (
      <mark key={index} className="rounded-md bg-waiting-soft px-1 font-mono text-waiting text-xs">
        {part.text}
      </mark>
    ),
  );
}

/** Without what is not there: the API refuses fields that are undefined by name. */
function withoutGaps(content: ContentPreviewProps['content']) {
  const { subject, body, html, fallback } = content;
  return { body, ...(subject ? { subject } : {}), ...(html ? { html } : {}), ...(fallback ? { fallback } : {}) };
}
