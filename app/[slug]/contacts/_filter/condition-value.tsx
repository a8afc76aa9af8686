'use client';
/** What a condition compares with: a control that fits its subject. */
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { Input } from '#app/_ui/input.tsx';
import { useReaderTime } from '#app/_ui/reader-time.tsx';
import { Select } from '#app/_ui/select.tsx';
import { TagInput } from '#app/_ui/tag-input.tsx';
import type { ChannelKind } from '#server/channels/channel.ts';
import type { ContactLeaf } from '#server/domain/contact/filter.ts';
import { addressKinds } from '#server/domain/suppression.ts';
import { DAY_MS } from '#server/domain/time/offsets.ts';
import { dateOfDay, dayOfDate, dayOfWall, instantOfWall, wallAt } from '#server/domain/time/wall-clock.ts';
import type { KnownField } from './new-condition.ts';

interface ConditionValueProps {
  leaf: ContactLeaf;
  fields: readonly KnownField[];
  onChange: (leaf: ContactLeaf) => void;
}

const whichever = 'any';
const channelKinds = ['smtp', 'sandbox'] as const satisfies readonly ChannelKind[];

export function ConditionValue({ leaf, fields, onChange }: ConditionValueProps) {
  const t = useTranslations('contacts.filter');
  const tForm = useTranslations('contacts.form');
  const tPrivacy = useTranslations('privacy');
  const reader = useReaderTime();
  const api = useApi();
  const tags = useQuery(api.contacts.tags.queryOptions(undefined, { enabled: leaf.on === 'tags' }));
  const members = useQuery(api.members.list.queryOptions({ limit: 200 }, { enabled: leaf.on === 'owner' }));
  const sequences = useQuery(api.sequences.list.queryOptions({ limit: 200 }, { enabled: leaf.on === 'inSequence' }));
  const segments = useQuery(api.segments.list.queryOptions(undefined, { enabled: leaf.on === 'segment' }));
  const label = t('value');
  if ('op' in leaf && (leaf.op === 'isEmpty' || leaf.op === 'isNotEmpty')) return null;
  switch (leaf.on) {
    case 'tags':
      return (
        <TagInput
          aria-label={label}
          value={leaf.tags ?? []}
          onValueChange={(next) => onChange({ ...leaf, tags: next })}
          suggestions={tags.data?.items.map((tag) => tag.name) ?? []}
          placeholder={tForm('tagsHint')}
          removeLabel={(tag) => tForm('removeTag', { tag })}
        />
      );
    case 'owner':
      return (
        <Select
          aria-label={label}
          placeholder={t('choose')}
          value={leaf.memberIds?.[0] ?? null}
          options={(members.data?.items ?? []).map((member) => ({ value: member.id, label: member.name }))}
          onValueChange={(id) => onChange({ ...leaf, memberIds: [id] })}
        />
      );
    case 'inSequence':
      return (
        <Select
          aria-label={label}
          value={leaf.sequenceIds?.[0] ?? whichever}
          options={[
            { value: whichever, label: t('anySequence') },
            ...(sequences.data?.items ?? []).map((sequence) => ({ value: sequence.id, label: sequence.name })),
          ]}
          onValueChange={(id) => onChange({ on: 'inSequence', op: leaf.op, ...(id !== whichever && { sequenceIds: [id] }) })}
        />
      );
    case 'consent':
    case 'optedOut':
      return (
        <Select
          aria-label={t('channel')}
          value={leaf.channelKind ?? whichever}
          options={[
            { value: whichever, label: t('anyChannel') },
            ...channelKinds.map((kind) => ({ value: kind as string, label: tPrivacy(`kinds.${kind}`) })),
          ]}
          onValueChange={(kind) => {
            const { channelKind: _was, ...rest } = leaf;
            onChange({ ...rest, ...(kind !== whichever && { channelKind: kind }) });
          }}
        />
      );
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
      return (
        <Input
          aria-label={t('value')}
          type="date"
          value={leaf.at === '' ? '' : dateOfDay(dayOfWall(wallAt(Date.parse(leaf.at), reader.zone)))}
          onValueChange={(date) =>
            onChange({ ...leaf, at: date === '' ? '' : new Date(instantOfWall(dayOfDate(date) * DAY_MS, reader.zone).at).toISOString() })
          }
        />
      );
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
      return (
        <span className="flex items-center gap-2">
          <Input
            aria-label={t('days')}
            type="number"
            min={1}
            max={3_650}
            className="w-24 tabular-nums"
            value={Number.isNaN(leaf.days) ? '' : String(leaf.days)}
            onValueChange={(text) => onChange({ ...leaf, days: Number.parseInt(text, 10) })}
          />
          {t('days')}
        </span>
      );
    case 'field':
      return <FieldValueInput leaf={leaf} field={fields.find(({ key }) => key === leaf.key)} label={label} onChange={onChange} />;
    case 'name':
    case 'email':
    case 'phone':
    case 'notes':
    case 'search':
    case 'externalId':
    case 'locale':
    case 'timeZone':
      return <Input aria-label={label} maxLength={200} value={leaf.value ?? ''} onValueChange={(value) => onChange({ ...leaf, value })} />;
    default:
      return null;
  }
}

interface FieldValueInputProps {
  leaf: Extract<ContactLeaf, { on: 'field' }>;
  field: KnownField | undefined;
  label: string;
  onChange: (leaf: ContactLeaf) => void;
}

function FieldValueInput({ leaf, field, label, onChange }: FieldValueInputProps) {
  const t = useTranslations('contacts.filter');
  const tForm = useTranslations('contacts.form');
  const kind = field?.kind ?? 'text';
  if (kind === 'boolean') {
    return (
      <Select
        aria-label={label}
        value={String(leaf.value ?? true)}
        options={[
          { value: 'true', label: tForm('yes') },
          { value: 'false', label: tForm('no') },
        ]}
        onValueChange={(value) => onChange({ ...leaf, value: value === 'true' })}
      />
    );
  }
  if (kind === 'choice') {
    return (
      <Select
        aria-label={label}
        placeholder={t('choose')}
        value={leaf.values?.[0] ?? null}
        options={(field?.options ?? []).map((option) => ({ value: option, label: option }))}
        onValueChange={(value) => onChange({ ...leaf, values: [value] })}
      />
    );
  }
  return (
    <Input
      aria-label={label}
      type={kind === 'date' ? 'date' : 'text'}
      inputMode={kind === 'number' ? 'decimal' : undefined}
      maxLength={200}
      value={leaf.value === undefined ? '' : String(leaf.value)}
      onValueChange={(value) => onChange({ ...leaf, value })}
    />
  );
}
