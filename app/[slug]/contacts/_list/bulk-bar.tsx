'use client';
/** What can be done to the contacts selected, or to all that the filter matches. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { TagInput } from '#app/_ui/tag-input.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import { ExportMenu } from '../../_export/export-menu.tsx';
import { EnrolDialog } from '../../_enrolment/enrol-dialog.tsx';
import { ChooseDialog } from './choose-dialog.tsx';
import type { ListFilter } from './list-filter.ts';
import { SetFieldDialog } from './set-field-dialog.tsx';
import { useBulkOutcome } from './use-bulk-outcome.ts';

interface BulkBarProps {
  slug: string;
  filter: ListFilter;
  selected: ReadonlySet<string>;
  allShownSelected: boolean;
  /** There are more that match than are shown. */
  hasMore: boolean;
  tags: readonly string[];
  onDone: () => void;
}

type Act = 'tag' | 'untag' | 'setField' | 'setOwner' | 'enrol' | 'removeFromSequence' | 'delete';

const nobody = 'nobody';
const everySequence = 'every';

export function BulkBar({ slug, filter, selected, allShownSelected, hasMore, tags, onDone }: BulkBarProps) {
  const t = useTranslations('contacts.bulk');
  const tForm = useTranslations('contacts.form');
  const api = useApi();
  const errorText = useErrorText();
  const [act, setAct] = useState<Act | null>(null);
  const [all, setAll] = useState(false);
  const [chosenTags, setChosenTags] = useState<string[]>([]);
  const everyone = all && allShownSelected;
  const counting = useQuery(api.contacts.count.queryOptions({ ...filter, precision: 'exact' }, { enabled: allShownSelected && hasMore }));
  const members = useQuery(api.members.list.queryOptions({ limit: 200 }, { enabled: act === 'setOwner' }));
  const sequences = useQuery(api.sequences.list.queryOptions({ limit: 200 }, { enabled: act === 'removeFromSequence' }));
  const count = everyone ? (counting.data?.count ?? selected.size) : selected.size;
  const target = everyone ? { filter } : { contactIds: [...selected] };
  const follow = useBulkOutcome();
  const settled = { onError: (error: unknown) => void toast.error(errorText(error)) };
  const tag = useMutation(api.contacts.tag.mutationOptions(settled));
  const untag = useMutation(api.contacts.untag.mutationOptions(settled));
  const exporting = useMutation(api.contacts.export.mutationOptions());
  const own = useMutation(api.contacts.setOwner.mutationOptions(settled));
  const takeOut = useMutation(api.contacts.removeFromSequence.mutationOptions(settled));
  const remove = useMutation(api.contacts.delete.mutationOptions(settled));
  const close = () => {
    setAct(null);
    setChosenTags([]);
  };
  const confirmTags = async () => {
    if (chosenTags.length === 0) throw new Error('no tags');
    const answer = await (act === 'tag' ? tag : untag).mutateAsync({ ...target, tags: chosenTags });
    void follow(answer, act === 'tag' ? 'tagged' : 'untagged');
  };
  const confirmDelete = async () => {
    void follow(await remove.mutateAsync(target), 'deleted');
    onDone();
  };
  const confirmOwner = async (choice: string) =>
    void follow(await own.mutateAsync({ ...target, ownerId: choice === nobody ? null : choice }), 'ownerSet');
  const confirmRemoval = async (choice: string) =>
    void follow(await takeOut.mutateAsync({ ...target, ...(choice !== everySequence && { sequenceId: choice }) }), 'removed');
  return (
    <div role="toolbar" aria-label={t('label')} className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md bg-sunken px-3 py-2">
      <span aria-live="polite" className="font-medium tabular-nums">
        {t('selected', { count })}
      </span>
      {allShownSelected && hasMore && !everyone && counting.data && (
        <Button size="sm" variant="quiet" onClick={() => setAll(true)}>
          {t('selectAll', { count: counting.data.count })}
        </Button>
      )}
      <Button size="sm" variant="quiet" onClick={onDone}>
        {t('clear')}
      </Button>
      <span className="-mx-3 flex gap-2 overflow-x-auto px-3 *:shrink-0 max-sm:w-screen max-sm:pb-1 sm:mx-0 sm:ml-auto sm:flex-wrap sm:px-0">
        <Button size="sm" onClick={() => setAct('enrol')}>
          {t('enrol')}
        </Button>
        <Button size="sm" onClick={() => setAct('removeFromSequence')}>
          {t('removeFromSequence')}
        </Button>
        <Button size="sm" onClick={() => setAct('tag')}>
          {t('tag')}
        </Button>
        <Button size="sm" onClick={() => setAct('untag')}>
          {t('untag')}
        </Button>
        <Button size="sm" onClick={() => setAct('setField')}>
          {t('setField')}
        </Button>
        <Button size="sm" onClick={() => setAct('setOwner')}>
          {t('setOwner')}
        </Button>
        <ExportMenu slug={slug} size="sm" ask={(format) => exporting.mutateAsync({ ...target, format })} />
        <Button size="sm" className="text-danger sm:ml-2" onClick={() => setAct('delete')}>
          {t('delete')}
        </Button>
      </span>
      <ConfirmDialog
        open={act === 'tag' || act === 'untag'}
        onOpenChange={(open) => !open && close()}
        title={t(act === 'untag' ? 'untagTitle' : 'tagTitle', { count })}
        confirmLabel={t(act === 'untag' ? 'untag' : 'tag')}
        onConfirm={confirmTags}
      >
        <TagInput
          aria-label={tForm('tags')}
          placeholder={tForm('tagsHint')}
          value={chosenTags}
          onValueChange={setChosenTags}
          suggestions={tags}
          removeLabel={(name) => tForm('removeTag', { tag: name })}
        />
      </ConfirmDialog>
      <ConfirmDialog
        open={act === 'delete'}
        onOpenChange={(open) => !open && close()}
        title={t('deleteTitle', { count })}
        description={t('deleteDescription')}
        confirmLabel={t('delete')}
        destructive
        onConfirm={confirmDelete}
      />
      {act === 'setField' && (
        <SetFieldDialog
          target={target}
          title={t('setFieldTitle', { count })}
          onDone={(answer) => void follow(answer, 'fieldSet')}
          onClose={close}
        />
      )}
      {act === 'setOwner' && (
        <ChooseDialog
          title={t('setOwnerTitle', { count })}
          label={tForm('owner')}
          placeholder={t('chooseOwner')}
          options={[
            { value: nobody, label: tForm('ownerNone') },
            ...(members.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          confirmLabel={t('setOwner')}
          onConfirm={confirmOwner}
          onClose={close}
        />
      )}
      {act === 'removeFromSequence' && (
        <ChooseDialog
          title={t('removeTitle', { count })}
          description={t('removeDescription')}
          label={t('sequence')}
          placeholder={t('chooseSequence')}
          options={[
            { value: everySequence, label: t('everySequence') },
            ...(sequences.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          confirmLabel={t('removeConfirm')}
          destructive
          onConfirm={confirmRemoval}
          onClose={close}
        />
      )}
      {act === 'enrol' && <EnrolDialog slug={slug} target={target} count={count} onClose={close} />}
    </div>
  );
}
