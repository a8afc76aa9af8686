'use client';
/** Builds a filter beside the list: applied to it, or saved as a segment too. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useId, useRef, useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Sheet } from '#app/_ui/sheet.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import { type ContactCondition, leavesOf } from '#server/domain/contact/filter.ts';
import { ConditionGroup } from './condition-group.tsx';
import { askedBy, type Group, groupOf } from './filter-group.ts';
import { isReady } from './new-condition.ts';

interface FilterSheetProps {
  where: ContactCondition | undefined;
  mayEdit: boolean;
  onApply: (where: ContactCondition | null) => void;
  /** It was saved under a name; the list shows it as that. */
  onSaved: (segmentId: string) => void;
  onClose: () => void;
}

export function FilterSheet({ where, mayEdit, onApply, onSaved, onClose }: FilterSheetProps) {
  const t = useTranslations('contacts.filter');
  const api = useApi();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const fields = useQuery(api.contacts.fields.queryOptions());
  const [group, setGroup] = useState<Group>(() => groupOf(where ?? null));
  const [name, setName] = useState('');
  const formId = useId();
  const conditions = useRef<HTMLFormElement>(null);
  const filled = askedBy(group);
  const ready = leavesOf(group).every(isReady);
  const save = useMutation(
    api.segments.create.mutationOptions({
      onSuccess: async ({ id }) => {
        toast.success(t('segmentSaved'));
        await queries.invalidateQueries({ queryKey: api.segments.pathKey() });
        onSaved(id);
      },
    }),
  );
  return (
    <Sheet
      open
      size="lg"
      onOpenChange={(open) => !open && onClose()}
      initialFocus={() => conditions.current?.querySelector<HTMLElement>('li button, ul + div button')}
      title={t('title')}
      description={t('description')}
      footer={
        <>
          <Button onClick={() => onApply(null)}>{t('clear')}</Button>
          <Button variant="primary" type="submit" form={formId} disabled={!ready}>
            {t('apply')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-6">
        <form
          noValidate
          id={formId}
          ref={conditions}
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) onApply(filled);
          }}
        >
          {fields.data && <ConditionGroup group={group} fields={fields.data.items} onChange={setGroup} />}
        </form>
        {mayEdit && (
          <form
            noValidate
            className="flex flex-wrap items-end gap-2 border-line border-t pt-4"
            onSubmit={(event) => {
              event.preventDefault();
              if (filled && ready && name.trim()) save.mutate({ name: name.trim(), filter: { where: filled } });
            }}
          >
            <Field label={t('segmentName')} error={save.error ? errorText(save.error) : undefined} className="flex-1">
              <Input maxLength={80} value={name} onValueChange={setName} />
            </Field>
            <Button type="submit" busy={save.isPending} disabled={!ready || !filled || name.trim() === ''}>
              {t('saveSegment')}
            </Button>
          </form>
        )}
      </div>
    </Sheet>
  );
}
