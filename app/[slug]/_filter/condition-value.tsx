'use client';
/** What a condition compares with: a control that fits its subject. */
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { TimeZoneSelect } from '#app/_i18n/time-zone-select.tsx';
import { Input } from '#app/_ui/input.tsx';
import { MultiSelect } from '#app/_ui/multi-select.tsx';
import { Select } from '#app/_ui/select.tsx';
import { TagInput } from '#app/_ui/tag-input.tsx';
import { type ContactLeaf, mostNamed } from '#server/domain/contact/filter.ts';
import { addressKinds } from '#server/domain/suppression.ts';
import { ChannelSelect } from './channel-select.tsx';
import { ConsentValue } from './consent-value.tsx';
import { DayInput } from './day-input.tsx';
import { DaysInput } from './days-input.tsx';
import { FieldValue } from './field-value.tsx';
import { ImportValue } from './import-value.tsx';
import type { KnownField } from './new-condition.ts';

interface ConditionValueProps {
  leaf: ContactLeaf;
  fields: readonly KnownField[];
  onChange: (leaf: ContactLeaf) => void;
}

const whichever = 'any';

export function ConditionValue({ leaf, fields, onChange }: ConditionValueProps) {
  const t = useTranslations('contacts.filter');
  const tForm = useTranslations('contacts.form');
  const tPrivacy = useTranslations('privacy');
  const api = useApi();
  const tags = useQuery(api.contacts.tags.queryOptions(undefined, { enabled: leaf.on === 'tags' }));
  const members = useQuery(api.members.list.queryOptions({ limit: 200 }, { enabled: leaf.on === 'owner' }));
  const sequences = useQuery(api.sequences.list.queryOptions({ limit: 200 }, { enabled: leaf.on === 'inSequence' }));
  const segments = useQuery(api.segments.list.queryOptions(undefined, { enabled: leaf.on === 'segment' }));
  const label = t('value');
  if (leaf.on !== 'consent' && 'op' in leaf && (leaf.op === 'isEmpty' || leaf.op === 'isNotEmpty')) return null;
  switch (leaf.on) {
    case 'tags':
      return (
        <TagInput
          aria-label={label}
          value={leaf.tags ?? []}
          onValueChange={(next) => onChange({ on: 'tags', op: leaf.op, ...(next.length > 0 && { tags: next }) })}
          suggestions={tags.data?.items.map((tag) => tag.name) ?? []}
          placeholder={tForm('tagsHint')}
          removeLabel={(tag) => tForm('removeTag', { tag })}
        />
      );
    case 'owner':
      return (
        <MultiSelect
          aria-label={label}
          placeholder={t('choose')}
          value={leaf.memberIds ?? []}
          most={mostNamed}
          options={(members.data?.items ?? []).map((member) => ({ value: member.id, label: member.name }))}
          onValueChange={(memberIds) => onChange({ on: 'owner', op: leaf.op, ...(memberIds.length > 0 && { memberIds }) })}
        />
      );
    case 'inSequence':
      return (
        <MultiSelect
          aria-label={label}
          placeholder={t('anySequence')}
          value={leaf.sequenceIds ?? []}
          most={mostNamed}
          options={(sequences.data?.items ?? []).map((sequence) => ({ value: sequence.id, label: sequence.name }))}
          onValueChange={(sequenceIds) => onChange({ on: 'inSequence', op: leaf.op, ...(sequenceIds.length > 0 && { sequenceIds }) })}
        />
      );
    case 'consent':
      return <ConsentValue leaf={leaf} onChange={onChange} />;
    case 'optedOut':
      return <ChannelSelect leaf={leaf} onChange={onChange} />;
    case 'import':
      return <ImportValue leaf={leaf} onChange={onChange} />;
    case 'suppressed':
      return (
        <Select
          aria-label={t('address')}
          value={leaf.address ?? whichever}
          options={[
            { value: whichever, label: t('anyAddress') },
            ...addressKinds.map((kind) => ({ value: kind as string, label: tPrivacy(`list.kinds.${kind}`) })),
          ]}
          onValueChange={(kind) =>
            onChange({ on: 'suppressed', op: leaf.op, ...(kind !== whichever && { address: kind as (typeof addressKinds)[number] }) })
          }
        />
      );
    case 'createdAt':
      return <DayInput aria-label={label} value={leaf.at} onValueChange={(at) => onChange({ ...leaf, at })} />;
    case 'segment':
      return (
        <Select
          aria-label={label}
          placeholder={t('choose')}
          value={leaf.segmentId || null}
          options={(segments.data?.items ?? []).map((segment) => ({ value: segment.id, label: segment.name }))}
          onValueChange={(segmentId) => onChange({ ...leaf, segmentId })}
        />
      );
    case 'replied':
    case 'contacted':
    case 'created':
      return <DaysInput value={leaf.days} onValueChange={(days) => onChange({ ...leaf, days })} />;
    case 'timeZone':
      return (
        <TimeZoneSelect
          aria-label={label}
          placeholder={tForm('zoneSearch')}
          value={leaf.value ?? ''}
          onChange={(value) => onChange({ ...leaf, value })}
        />
      );
    case 'field':
      return <FieldValue leaf={leaf} field={fields.find(({ key }) => key === leaf.key)} label={label} onChange={onChange} />;
    case 'name':
    case 'email':
    case 'phone':
    case 'notes':
    case 'search':
    case 'externalId':
    case 'locale':
      return <Input aria-label={label} maxLength={200} value={leaf.value ?? ''} onValueChange={(value) => onChange({ ...leaf, value })} />;
    default:
      return null;
  }
}
