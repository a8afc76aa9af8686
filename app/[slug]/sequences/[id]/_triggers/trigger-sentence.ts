'use client';
/** What a trigger watches, as one reads it. */
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import type { AppRouter } from '#server/api/root.ts';
import { watchedColumns } from '#server/domain/trigger.ts';
import { useBuilder } from '../_builder/builder-context.tsx';

export type Trigger = inferRouterOutputs<AppRouter>['triggers']['list']['items'][number];

/** A field by its name: `fields.plano` is “Plano”. */
export function useFieldName(): (field: string) => string {
  const t = useTranslations('triggers.field');
  const { fields } = useBuilder();
  return (field) => {
    const column = watchedColumns.find((name) => name === field);
    if (column) return t(column);
    const key = field.slice('fields.'.length);
    return t('custom', { label: fields.find((candidate) => candidate.key === key)?.label ?? key });
  };
}

export function useTriggerSentence(): (trigger: Pick<Trigger, 'on' | 'condition'>) => string {
  const t = useTranslations('triggers.sentence');
  const fieldName = useFieldName();
  const happening = (on: Trigger['on']): string => {
    switch (on.kind) {
      case 'contactCreated':
        return t('contactCreated');
      case 'tagAdded':
        return on.tag === null ? t('tagGone') : t('tagAdded', { tag: on.tag });
      case 'fieldChanged': {
        const field = fieldName(on.field);
        return on.becomes === undefined ? t('fieldChanged', { field }) : t('fieldBecomes', { field, value: String(on.becomes) });
      }
      case 'inactivity':
        return t(on.silence, { days: on.days });
    }
  };
  return ({ on, condition }) =>
    [
      happening(on),
      ...(condition.tag ? [t('onlyTag', { tag: condition.tag })] : []),
      ...(condition.search ? [t('onlySearch', { search: condition.search })] : []),
    ].join(', ');
}
