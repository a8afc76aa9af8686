'use client';
/** One group: its contacts side by side, what stays of each, and what is done with them. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { Button } from '#app/_ui/button.tsx';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import { ComparisonTable } from './comparison-table.tsx';
import type { Field, Group } from './duplicate-list.tsx';
import { type Candidate, firstChoice, merging, valueRows, winnerOf } from './merge-choice.ts';

interface DuplicateGroupProps {
  slug: string;
  group: Group;
  fields: readonly Field[];
  mayEdit: boolean;
  onGone: () => Promise<void>;
}

export function DuplicateGroup({ slug, group, fields, mayEdit, onGone }: DuplicateGroupProps) {
  const t = useTranslations('duplicates');
  const tContacts = useTranslations('contacts');
  const api = useApi();
  const errorText = useErrorText();
  const headingId = useId();
  const [choice, setChoice] = useState(() => firstChoice(group));
  const [asking, setAsking] = useState(false);
  const onError = (error: unknown) => void toast.error(errorText(error));
  const merge = useMutation(api.contacts.merge.mutationOptions({ onError }));
  const dismiss = useMutation(api.contacts.dismissDuplicate.mutationOptions({ onError }));
  const nameOf = (contact: Candidate | undefined) => contact?.name ?? contact?.phone ?? contact?.email ?? tContacts('unnamed');
  const isOwned = group.contacts.some(({ ownerId }) => ownerId !== null);
  const members = useQuery(api.members.list.queryOptions({ limit: 200 }, { enabled: isOwned }));
  const ownerName = (id: string) => members.data?.items.find((member) => member.id === id)?.name ?? t('someOwner');
  const chosen = merging(group, choice);
  const kept = group.contacts.find((contact) => contact.id === choice.keepId);
  const rows = valueRows(group, fields);

  const mergeAll = async () => {
    const mergeIds = chosen.map((contact) => contact.id).filter((id) => id !== choice.keepId);
    // Every value as it stands on the screen, so that what was seen is what stays.
    const winners = rows.flatMap((row) => {
      const id = winnerOf(row, group, choice);
      return id === null ? [] : [[row.name, id] as const];
    });
    await merge.mutateAsync({ keepId: choice.keepId, mergeIds, fields: Object.fromEntries(winners) });
    toast.success(t('merged'));
    await onGone();
  };
  const dismissAll = () =>
    dismiss.mutate(
      { contactIds: group.contacts.map((contact) => contact.id) },
      {
        onSuccess: async () => {
          toast.success(t('dismissed'));
          await onGone();
        },
      },
    );
  return (
    <section aria-labelledby={headingId}>
      <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 id={headingId} className="font-medium text-base">
          {t('group', { name: nameOf(group.contacts[0]), count: group.contacts.length })}
        </h2>
        {group.reasons.map((reason) => (
          <Badge key={reason}>
            <span className="truncate">{t(`reasons.${reason}`)}</span>
          </Badge>
        ))}
      </div>
      <ComparisonTable
        slug={slug}
        group={group}
        rows={rows}
        choice={choice}
        nameOf={nameOf}
        ownerName={ownerName}
        {...(mayEdit && { onChange: setChoice })}
      />
      {mayEdit && (
        <div className="mt-3 flex flex-wrap justify-end gap-2">
          <Button variant="quiet" busy={dismiss.isPending} onClick={dismissAll}>
            {t('dismiss')}
          </Button>
          <Button disabled={chosen.length < 2} onClick={() => setAsking(true)}>
            {t('merge', { count: chosen.length })}
          </Button>
        </div>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('mergeTitle', { count: chosen.length, name: nameOf(kept) })}
        description={t('mergeDescription')}
        confirmLabel={t('mergeConfirm')}
        destructive
        onConfirm={mergeAll}
      />
    </section>
  );
}
