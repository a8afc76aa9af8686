'use client';
/** Cells of a column that are none of the options of the choice it goes to, and the offer to make options of them. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useFormatter, useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { addedOptions, type ColumnTarget } from './column-targets.ts';
import type { Preview } from './choices.ts';

export type ContactField = inferRouterOutputs<AppRouter>['contacts']['fields']['items'][number];

interface NotOptionsProps {
  found: NonNullable<Preview['columns'][number]['notOptions']>;
  target: ColumnTarget;
  /** That the column goes to; undefined for one that is yet to be made. */
  field: ContactField | undefined;
  onChange: (target: ColumnTarget) => void;
}

const shownValues = 4;

export function NotOptions({ found, target, field, onChange }: NotOptionsProps) {
  const t = useTranslations('imports.map');
  const format = useFormatter();
  const api = useApi();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const update = useMutation(
    api.contacts.updateField.mutationOptions({
      onError: (error) => void toast.error(errorText(error)),
      onSuccess: async () => {
        toast.success(t('optionsAdded'));
        await queries.invalidateQueries({ queryKey: api.contacts.fields.queryKey() });
        await queries.invalidateQueries({ queryKey: api.imports.preview.queryKey() });
      },
    }),
  );
  const { rows, values } = found;
  const shown = values.slice(0, shownValues).map((value) => `“${value.length > 40 ? `${value.slice(0, 40)}…` : value}”`);
  const has = target.to === 'newField' ? (target.options ?? []) : (field?.options ?? []);
  const options = addedOptions(has, values);
  const add = () => {
    if (options === null) return;
    if (target.to === 'newField') onChange({ ...target, options });
    else if (field) update.mutate({ id: field.id, options });
  };
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 text-xs sm:col-span-2">
      <p className="min-w-0 break-words text-failed">
        {t('notOptions', { count: rows })}{' '}
        {format.list(values.length > shownValues ? [...shown, t('others', { count: values.length - shownValues })] : shown)}
      </p>
      {options !== null && (target.to === 'newField' || field) && (
        <Button
          size="sm"
          busy={update.isPending}
          onClick={({ currentTarget }) => {
            // The button goes with what it mends: whoever works by keyboard stays at the column.
            currentTarget.closest('li')?.querySelector<HTMLElement>('[role="combobox"]')?.focus();
            add();
          }}
        >
          {t('addOptions', { count: options.length - has.length })}
        </Button>
      )}
    </div>
  );
}
