'use client';
/** A saved segment: its name and its conditions, changed where they are. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { errorCodeOf, useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Sheet } from '#app/_ui/sheet.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import type { ContactFilter } from '#server/domain/contact/schema.ts';
import { conditionOf } from '#server/domain/contact/write-out.ts';
import { ConditionGroup } from './condition-group.tsx';
import { askedBy, type Group, groupOf } from './filter-group.ts';

interface SegmentSheetProps {
  segment: { id: string; name: string; filter: ContactFilter };
  onClose: () => void;
}

export function SegmentSheet({ segment, onClose }: SegmentSheetProps) {
  const t = useTranslations('contacts.filter');
  const api = useApi();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const fields = useQuery(api.contacts.fields.queryOptions());
  const [name, setName] = useState(segment.name);
  const [group, setGroup] = useState<Group>(() => groupOf(conditionOf(segment.filter)));
  const where = askedBy(group);
  const save = useMutation(
    api.segments.update.mutationOptions({
      onSuccess: async () => {
        toast.success(t('segmentChanged'));
        for (const family of [api.segments, api.contacts]) await queries.invalidateQueries({ queryKey: family.pathKey() });
        onClose();
      },
    }),
  );
  const isTaken = errorCodeOf(save.error) === 'alreadyExists';
  return (
    <Sheet
      open
      size="lg"
      onOpenChange={(open) => !open && onClose()}
      title={t('editSegment')}
      description={t('editSegmentDescription')}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" form="segment" variant="primary" busy={save.isPending} disabled={where === null || name.trim() === ''}>
            {t('saveSegment')}
          </Button>
        </>
      }
    >
      <form
        id="segment"
        noValidate
        className="flex flex-col gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          if (where && name.trim()) save.mutate({ id: segment.id, name: name.trim(), filter: { where } });
        }}
      >
        <Field label={t('editSegmentName')} error={isTaken ? errorText(save.error) : undefined}>
          <Input maxLength={80} value={name} onValueChange={setName} />
        </Field>
        {fields.data && <ConditionGroup group={group} fields={fields.data.items} onChange={setGroup} />}
        {save.error && !isTaken && (
          <p role="alert" className="text-failed">
            {errorText(save.error)}
          </p>
        )}
      </form>
    </Sheet>
  );
}
