'use client';
/** The segments of the workspace: one is shown, and can be changed or deleted. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Pencil, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { IconButton } from '#app/_ui/icon-button.tsx';
import { Select } from '#app/_ui/select.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import { SegmentSheet } from './segment-sheet.tsx';

interface SegmentSelectProps {
  value: string | undefined;
  mayEdit: boolean;
  onChange: (segmentId: string | undefined) => void;
}

const everybody = 'everybody';

export function SegmentSelect({ value, mayEdit, onChange }: SegmentSelectProps) {
  const t = useTranslations('contacts.filter');
  const api = useApi();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const segments = useQuery(api.segments.list.queryOptions());
  const remove = useMutation(api.segments.delete.mutationOptions({ onError: (error) => void toast.error(errorText(error)) }));
  const [editing, setEditing] = useState(false);
  const items = segments.data?.items ?? [];
  const shown = items.find(({ id }) => id === value);
  if (items.length === 0) return null;
  const confirm = async () => {
    if (!shown) return;
    await remove.mutateAsync({ id: shown.id });
    onChange(undefined);
    toast.success(t('segmentDeleted'));
    await queries.invalidateQueries({ queryKey: api.segments.pathKey() });
  };
  return (
    <span className="flex w-full items-center gap-1 sm:w-auto">
      <Select
        aria-label={t('segment')}
        className="w-full sm:w-44"
        value={shown?.id ?? everybody}
        options={[{ value: everybody, label: t('everybody') }, ...items.map(({ id, name }) => ({ value: id, label: name }))]}
        onValueChange={(id) => onChange(id === everybody ? undefined : id)}
      />
      {mayEdit && shown && (
        <IconButton label={t('editSegment')} onClick={() => setEditing(true)}>
          <Pencil aria-hidden="true" />
        </IconButton>
      )}
      {editing && shown && <SegmentSheet segment={shown} onClose={() => setEditing(false)} />}
      {mayEdit && shown && (
        <ConfirmDialog
          trigger={
            <IconButton label={t('deleteSegment')}>
              <Trash2 aria-hidden="true" />
            </IconButton>
          }
          title={t('deleteSegmentTitle', { name: shown.name })}
          description={t('deleteSegmentDescription')}
          confirmLabel={t('deleteSegmentConfirm')}
          destructive
          onConfirm={confirm}
        />
      )}
    </span>
  );
}
