'use client';
/** Chooses contacts for a sequence; enrolling them, with its answer for each, is the enrolment dialog's. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { Button } from '#app/_ui/button.tsx';
import { Checkbox } from '#app/_ui/checkbox.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { LinkButton } from '#app/_ui/link-button.tsx';
import { EmptyState, ErrorState, NothingMatches } from '#app/_ui/list-state.tsx';
import { SearchInput } from '#app/_ui/search-input.tsx';
import { TableSkeleton } from '#app/_ui/skeleton.tsx';
import { EnrolDialog } from '../../../_enrolment/enrol-dialog.tsx';

interface PickContactsDialogProps {
  slug: string;
  sequence: { id: string; name: string };
  onClose: () => void;
}

export function PickContactsDialog({ slug, sequence, onClose }: PickContactsDialogProps) {
  const t = useTranslations('sequences.pick');
  const api = useApi();
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [enrolling, setEnrolling] = useState(false);
  const contacts = useQuery(
    api.contacts.list.queryOptions({ limit: 30, ...(search && { search }) }, { placeholderData: keepPreviousData }),
  );
  const choose = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  if (enrolling) {
    return <EnrolDialog slug={slug} target={{ contactIds: [...chosen] }} count={chosen.size} sequenceId={sequence.id} onClose={onClose} />;
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="lg"
      title={t('title', { name: sequence.name })}
      footer={
        <>
          <span aria-live="polite" className="mr-auto text-muted">
            {t('selected', { count: chosen.size })}
          </span>
          <Button variant="primary" disabled={chosen.size === 0} onClick={() => setEnrolling(true)}>
            {t('next')}
          </Button>
        </>
      }
    >
      <SearchInput label={t('search')} value={search} onSearch={setSearch} className="mb-3 p-0.5 sm:w-full" />
      {contacts.isError ? (
        <ErrorState onRetry={() => void contacts.refetch()} />
      ) : contacts.isPending ? (
        <TableSkeleton rows={5} />
      ) : contacts.data.items.length > 0 ? (
        <ul className="border-line border-t">
          {contacts.data.items.map((contact) => (
            <li key={contact.id} className="border-line border-b px-1 py-2">
              <Checkbox
                checked={chosen.has(contact.id)}
                onCheckedChange={(on) => choose(contact.id, on)}
                label={contact.name ?? t('unnamed')}
                hint={[contact.phone, contact.email].filter(Boolean).join(' · ')}
              />
            </li>
          ))}
        </ul>
      ) : search ? (
        <NothingMatches onClear={() => setSearch('')} />
      ) : (
        <EmptyState title={t('empty')} action={<LinkButton href={`/${slug}/contacts`}>{t('openContacts')}</LinkButton>}>
          {t('emptyText')}
        </EmptyState>
      )}
    </Dialog>
  );
}
