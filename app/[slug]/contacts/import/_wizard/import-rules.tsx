'use client';
/** Who is the same person, what is done with those who are there and those who are not, and whether they are enrolled. */
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { useBrowserTimeZone } from '#app/_i18n/browser-time-zone.ts';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { RadioGroup } from '#app/_ui/radio-group.tsx';
import { Select } from '#app/_ui/select.tsx';
import { TagInput } from '#app/_ui/tag-input.tsx';
import type { OptionsChoice } from './choices.ts';

interface ImportRulesProps {
  options: OptionsChoice;
  onOptionsChange: (options: OptionsChoice) => void;
}

export function ImportRules({ options, onOptionsChange }: ImportRulesProps) {
  const t = useTranslations('imports.review');
  const tForm = useTranslations('contacts.form');
  const api = useApi();
  const tags = useQuery(api.contacts.tags.queryOptions());
  const sequences = useQuery(api.sequences.list.queryOptions({ status: 'running', limit: 200 }));
  const set = (change: OptionsChoice) => onOptionsChange({ ...options, ...change });
  const zone = useBrowserTimeZone();
  const none = 'none';
  return (
    <div className="grid max-w-4xl gap-x-10 gap-y-6 sm:grid-cols-2">
      <div className="flex flex-col gap-6">
        <RadioGroup
          label={t('identity')}
          options={(['either', 'phone', 'email', 'externalId'] as const).map((value) => ({ value, label: t(`identities.${value}`) }))}
          value={options.identity ?? 'either'}
          onValueChange={(identity) => set({ identity })}
        />
        <RadioGroup
          label={t('onNew')}
          options={(['create', 'skip'] as const).map((value) => ({ value, label: t(`onNews.${value}`) }))}
          value={options.onNew ?? 'create'}
          onValueChange={(onNew) => set({ onNew })}
        />
      </div>
      <div className="flex flex-col gap-6">
        <RadioGroup
          label={t('onExisting')}
          options={[
            { value: 'update', label: t('onExistings.update'), hint: t('updateHint') },
            { value: 'skip', label: t('onExistings.skip') },
          ]}
          value={options.onExisting ?? 'update'}
          onValueChange={(onExisting) => set({ onExisting })}
        />
        {options.onExisting !== 'skip' && (
          <RadioGroup
            label={t('blank')}
            options={(['keep', 'clear'] as const).map((value) => ({ value, label: t(`blanks.${value}`) }))}
            value={options.blank ?? 'keep'}
            onValueChange={(blank) => set({ blank })}
          />
        )}
      </div>
      <div className="flex flex-col gap-1.5">
        <span className="font-medium text-sm">{t('tags')}</span>
        <TagInput
          aria-label={t('tags')}
          placeholder={tForm('tagsHint')}
          value={options.tags ?? []}
          onValueChange={(next) => set({ tags: next })}
          suggestions={tags.data?.items.map((tag) => tag.name) ?? []}
          removeLabel={(tag) => tForm('removeTag', { tag })}
        />
      </div>
      <Field label={t('enrol')} hint={t('enrolHint')}>
        <Select
          options={[
            { value: none, label: t('enrolNone') },
            ...(sequences.data?.items ?? []).map((sequence) => ({ value: sequence.id, label: sequence.name })),
          ]}
          value={options.sequenceId ?? none}
          onValueChange={(sequenceId) => set({ sequenceId: sequenceId === none ? null : sequenceId })}
        />
      </Field>
      {options.sequenceId && (
        <>
          <Field label={t('startAt')} hint={t('startAtHint', { zone })}>
            <Input
              type="datetime-local"
              defaultValue={options.startAt ? wallClock(new Date(options.startAt)) : ''}
              onChange={(event) => set({ startAt: event.target.value === '' ? null : new Date(event.target.value).toISOString() })}
            />
          </Field>
          <Field label={t('key')} hint={t('keyHint')}>
            <Input maxLength={200} value={options.key ?? ''} onChange={(event) => set({ key: event.target.value })} />
          </Field>
        </>
      )}
    </div>
  );
}

/** In the browser's zone, as a field for date and time wants it. */
function wallClock(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
