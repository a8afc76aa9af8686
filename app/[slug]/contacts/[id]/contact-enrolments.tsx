'use client';
/** The sequences a contact is in or was in, with what can be done about each. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { StatusBadge } from '#app/_ui/badge.tsx';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import { IconButton } from '#app/_ui/icon-button.tsx';
import { LoadMore } from '#app/_ui/load-more.tsx';
import { Menu, MenuItem } from '#app/_ui/menu.tsx';
import type { Tone } from '#app/_ui/state-mark.tsx';
import { TextLink } from '#app/_ui/text-link.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import type { Enrolments } from './contact-view.tsx';

type Enrolment = Enrolments['items'][number];

interface ContactEnrolmentsProps {
  slug: string;
  contactId: string;
  zone: string;
  firstPage: Enrolments;
  mayEdit: boolean;
}

const tones: Record<Enrolment['status'], Tone> = { active: 'waiting', paused: 'held', held: 'held', ended: 'neutral' };

export function ContactEnrolments({ slug, contactId, zone, firstPage, mayEdit }: ContactEnrolmentsProps) {
  const t = useTranslations('contacts');
  const api = useApi();
  const pages = useInfiniteQuery(
    api.enrolments.list.infiniteQueryOptions(
      { contactId, limit: 50 },
      {
        getNextPageParam: (page) => page.nextCursor ?? undefined,
        initialData: { pages: [firstPage], pageParams: [null] },
        refetchInterval: 10_000,
      },
    ),
  );
  const items = pages.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <p className="text-muted">{t('page.noEnrolments')}</p>;
  return (
    <>
      <ul className="flex flex-col">
        {items.map((enrolment) => (
          <li key={enrolment.id} className="flex items-start gap-2 border-line border-b py-3 first:pt-0 last:border-b-0">
            <div className="min-w-0 flex-1">
              <TextLink href={`/${slug}/sequences/${enrolment.sequenceId}`} className="block truncate rounded-none">
                {enrolment.sequenceName}
              </TextLink>
              <p className="mt-1 flex flex-wrap items-center gap-2">
                <StatusBadge tone={tones[enrolment.status]}>{statusText(enrolment)}</StatusBadge>
                {enrolment.key !== '' && <span className="text-muted text-xs">{enrolment.key}</span>}
              </p>
              {enrolment.status === 'active' && enrolment.dueAt && (
                <p className="mt-1 text-muted text-xs">
                  {t.rich('enrolments.next', { date: () => <DateTime at={enrolment.dueAt ?? ''} zone={zone} /> })}
                </p>
              )}
            </div>
            {mayEdit && enrolment.status !== 'ended' && <Controls enrolment={enrolment} />}
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <LoadMore shown={items.length} hasMore busy={pages.isFetchingNextPage} onLoadMore={() => void pages.fetchNextPage()} />
      )}
    </>
  );

  function statusText(enrolment: Enrolment): string {
    const exit = `enrolments.exits.${enrolment.exitReason}` as 'enrolments.exits.removed';
    return enrolment.exitReason && t.has(exit) ? t(exit) : t(`enrolments.statuses.${enrolment.status}`);
  }
}

function Controls({ enrolment }: { enrolment: Enrolment }) {
  const t = useTranslations('contacts.enrolments');
  const api = useApi();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const [removing, setRemoving] = useState(false);
  const settled = (done: 'paused' | 'resumed' | 'removed') => ({
    onError: (error: unknown) => void toast.error(errorText(error)),
    onSuccess: async () => {
      toast.success(t(done));
      await Promise.all([api.enrolments, api.contacts].map((family) => queries.invalidateQueries({ queryKey: family.pathKey() })));
    },
  });
  const pause = useMutation(api.enrolments.pause.mutationOptions(settled('paused')));
  const resume = useMutation(api.enrolments.resume.mutationOptions(settled('resumed')));
  const remove = useMutation(api.enrolments.remove.mutationOptions(settled('removed')));
  const ids = [enrolment.id];
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t('actions', { sequence: enrolment.sequenceName })}>
            <Ellipsis aria-hidden="true" />
          </IconButton>
        }
      >
        {enrolment.pausedAt === null ? (
          <MenuItem onSelect={() => pause.mutate({ ids })}>{t('pause')}</MenuItem>
        ) : (
          <MenuItem onSelect={() => resume.mutate({ ids })}>{t('resume')}</MenuItem>
        )}
        <MenuItem destructive onSelect={() => setRemoving(true)}>
          {t('remove')}
        </MenuItem>
      </Menu>
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={t('removeTitle', { sequence: enrolment.sequenceName })}
        description={t('removeDescription')}
        confirmLabel={t('remove')}
        destructive
        onConfirm={() => remove.mutateAsync({ ids })}
      />
    </>
  );
}
