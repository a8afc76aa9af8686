'use client';
/** What a trigger watches, as one reads it. */
import { useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { leavesOf } from '#server/domain/contact/filter.ts';
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

/** `asksSegments`: whether the names of segments are needed. */
export function useTriggerSentence({ asksSegments }: { asksSegments: boolean }): (trigger: Pick<Trigger, 'on' | 'condition'>) => string {
  const api = useApi();
  const segments = useQuery(api.segments.list.queryOptions(undefined, { enabled: asksSegments }));
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
  const whom = ({ tag, search, segmentId, where, externalId }: Trigger['condition']): string[] => {
    const conditions = (where ? leavesOf(where).length : 0) + (externalId === undefined ? 0 : 1);
    const segment = segments.data?.items.find(({ id }) => id === segmentId);
    return [
      ...(tag ? [t('onlyTag', { tag })] : []),
      ...(search ? [t('onlySearch', { search })] : []),
      ...(segmentId ? [segment ? t('onlySegment', { name: segment.name }) : t('onlyASegment')] : []),
      ...(conditions > 0 ? [t('onlyConditions', { count: conditions })] : []),
    ];
  };
  return ({ on, condition }) => [happening(on), ...whom(condition)].join(', ');
}
