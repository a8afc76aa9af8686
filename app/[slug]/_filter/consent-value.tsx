'use client';
/** What a consent has to be: of which channel, since when, and where it is written down. */
import { useTranslations } from 'next-intl';
import { Input } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';
import type { ContactLeaf } from '#server/domain/contact/filter.ts';
import { ChannelSelect } from './channel-select.tsx';
import { DayInput } from './day-input.tsx';
import { DaysInput } from './days-input.tsx';

type ConsentLeaf = Extract<ContactLeaf, { on: 'consent' }>;

interface ConsentValueProps {
  leaf: ConsentLeaf;
  onChange: (leaf: ConsentLeaf) => void;
}

const whens = ['anyTime', 'inLastDays', 'betweenDates'] as const;
type When = (typeof whens)[number];

export function ConsentValue({ leaf, onChange }: ConsentValueProps) {
  const t = useTranslations('contacts.filter');
  const { channelKind, source, since, before, inLastDays, ...bare } = leaf;
  const when: When = inLastDays !== undefined ? 'inLastDays' : since !== undefined || before !== undefined ? 'betweenDates' : 'anyTime';
  const rest = { ...bare, ...(channelKind !== undefined && { channelKind }), ...(source !== undefined && { source }) };
  const begin = { anyTime: {}, inLastDays: { inLastDays: 30 }, betweenDates: { since: '' } } satisfies Record<When, Partial<ConsentLeaf>>;
  /** One of the two days may be missing; both missing is a first day that is not there yet. */
  const putDays = (from: string, to: string) => {
    onChange({ ...rest, ...((from !== '' || to === '') && { since: from }), ...(to !== '' && { before: to }) });
  };
  return (
    <div className="flex flex-col gap-2">
      <ChannelSelect leaf={leaf} onChange={onChange} />
      <Select
        aria-label={t('consent.when')}
        value={when}
        options={whens.map((value) => ({ value, label: t(`consent.${value}`) }))}
        onValueChange={(next) => onChange({ ...rest, ...begin[next] })}
      />
      {inLastDays !== undefined && <DaysInput value={inLastDays} onValueChange={(days) => onChange({ ...rest, inLastDays: days })} />}
      {when === 'betweenDates' && (
        <span className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-2">
          <span aria-hidden="true">{t('operators.since')}</span>
          <DayInput aria-label={t('operators.since')} value={since ?? ''} onValueChange={(at) => putDays(at, before ?? '')} />
          <span aria-hidden="true">{t('operators.before')}</span>
          <DayInput aria-label={t('operators.before')} value={before ?? ''} onValueChange={(at) => putDays(since ?? '', at)} />
        </span>
      )}
      <Input
        aria-label={t('consent.source')}
        placeholder={t('consent.source')}
        maxLength={200}
        value={source ?? ''}
        onValueChange={(text) => {
          const { source: _was, ...others } = leaf;
          onChange({ ...others, ...(text.trim() !== '' && { source: text }) });
        }}
      />
    </div>
  );
}
