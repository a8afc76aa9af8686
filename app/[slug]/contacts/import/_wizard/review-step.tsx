'use client';
/** What the import would do, and the rules it follows; all counted anew when a rule changes. */
import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { cn } from '#app/_ui/class-names.ts';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { RadioGroup } from '#app/_ui/radio-group.tsx';
import { Section } from '#app/_ui/section.tsx';
import { Select } from '#app/_ui/select.tsx';
import { Stat } from '#app/_ui/stat.tsx';
import { TagInput } from '#app/_ui/tag-input.tsx';
import { OutcomeBadge } from '../../_import/outcome-badge.tsx';
import { useReasonText } from '../../_import/reason-text.ts';
import { phoneText } from '../../_form/phone-text.ts';
import type { OptionsChoice, Preview } from './import-wizard.tsx';
import type { DryRun } from './use-dry-run.ts';

interface ReviewStepProps {
  preview: Preview;
  /** Counts over the whole file, where the preview is only of its beginning. */
  whole: DryRun | null;
  /** The figures are of the rules before; new ones are being counted. */
  stale: boolean;
  options: OptionsChoice;
  onOptionsChange: (options: OptionsChoice) => void;
}

export function ReviewStep({ preview, whole, stale, options, onOptionsChange }: ReviewStepProps) {
  const t = useTranslations('imports');
  const format = useFormatter();
  const reasonText = useReasonText();
  const counts = figuresOf(preview, whole);
  const shown = (['created', 'updated', 'unchanged', 'merged', 'skipped', 'rejected'] as const).filter(
    (outcome) => outcome === 'created' || outcome === 'rejected' || counts[outcome] > 0,
  );
  const columns = [
    { key: 'line', header: t('format.line'), className: 'text-muted', cell: (row: Row) => row.line },
    { key: 'name', header: t('review.sampleName'), cell: (row: Row) => row.contact?.name ?? row.cells.find(Boolean) ?? '' },
    {
      key: 'phone',
      header: t('review.samplePhone'),
      className: 'whitespace-nowrap tabular-nums',
      cell: (row: Row) => (row.contact?.phone ? phoneText(row.contact.phone) : ''),
    },
    { key: 'email', header: t('review.sampleEmail'), wideOnly: true, cell: (row: Row) => row.contact?.email ?? '' },
    {
      key: 'outcome',
      header: t('review.sampleOutcome'),
      cell: (row: Row) => (
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <OutcomeBadge outcome={row.outcome} />
          {row.reason && <span className="text-muted text-xs">{reasonText(row.reason)}</span>}
        </span>
      ),
    },
  ];
  return (
    <>
      <Section title={t('review.title')} description={t(`review.${noteOf(preview, whole)}`, { count: preview.counts.rows })}>
        <div aria-busy={stale} className={cn('grid grid-cols-2 gap-x-8 gap-y-5 sm:flex sm:flex-wrap', stale && 'opacity-60')}>
          {shown.map((outcome) => (
            <Stat key={outcome} label={t(`review.${outcome}`)} value={format.number(counts[outcome])} />
          ))}
          {options.sequenceId && <Stat label={t('review.toEnrol')} value={format.number(counts.toEnrol)} />}
          {counts.alreadyEnrolled > 0 && <Stat label={t('review.alreadyEnrolled')} value={format.number(counts.alreadyEnrolled)} />}
          {counts.optedOut > 0 && <Stat label={t('review.optedOut')} value={format.number(counts.optedOut)} />}
        </div>
        {counts.rows === counts.rejected + counts.skipped && (
          <p role="alert" className="mt-4 text-danger-text">
            {t('review.nothing')}
          </p>
        )}
      </Section>
      <Section title={t('review.rules')}>
        <Rules options={options} onOptionsChange={onOptionsChange} />
      </Section>
      {counts.rejected > 0 && (
        <Section title={t('review.rejectedTitle')} description={t('review.rejectedHint')}>
          <RejectedExamples preview={preview} />
        </Section>
      )}
      <Section title={t('review.sample')}>
        <DataTable label={t('format.preview')} columns={columns} rows={preview.rows} rowKey={(row) => String(row.line)} />
      </Section>
    </>
  );
}

/** The figures of the whole file where they are there. */
function figuresOf({ counts, alreadyEnrolled, optedOut }: Preview, whole: DryRun | null) {
  if (whole?.status !== 'done') return { ...counts, toEnrol: counts.enrolled, alreadyEnrolled, optedOut };
  const { rows, toCreate, toUpdate, unchanged, merged, skip, refuse, toEnrol } = whole;
  const { alreadyEnrolled: enrolled, optedOut: refused } = whole;
  return {
    rows,
    created: toCreate,
    updated: toUpdate,
    unchanged,
    merged,
    skipped: skip,
    rejected: refuse,
    toEnrol,
    alreadyEnrolled: enrolled,
    optedOut: refused,
  };
}

function noteOf(preview: Preview, whole: DryRun | null): 'whole' | 'partial' | 'counting' | 'countFailed' {
  if (preview.complete || whole?.status === 'done') return 'whole';
  if (whole === null) return 'partial';
  return whole.status === 'failed' ? 'countFailed' : 'counting';
}

type Row = Preview['rows'][number];

function Rules({ options, onOptionsChange }: Pick<ReviewStepProps, 'options' | 'onOptionsChange'>) {
  const t = useTranslations('imports.review');
  const tForm = useTranslations('contacts.form');
  const api = useApi();
  const tags = useQuery(api.contacts.tags.queryOptions());
  const sequences = useQuery(api.sequences.list.queryOptions({ status: 'running', limit: 200 }));
  const set = (change: OptionsChoice) => onOptionsChange({ ...options, ...change });
  const none = 'none';
  return (
    <div className="grid max-w-4xl gap-x-10 gap-y-6 sm:grid-cols-2">
      <RadioGroup
        label={t('identity')}
        options={(['either', 'phone', 'email', 'externalId'] as const).map((value) => ({ value, label: t(`identities.${value}`) }))}
        value={options.identity ?? 'either'}
        onValueChange={(identity) => set({ identity })}
      />
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
        <RadioGroup
          label={t('onNew')}
          options={(['create', 'skip'] as const).map((value) => ({ value, label: t(`onNews.${value}`) }))}
          value={options.onNew ?? 'create'}
          onValueChange={(onNew) => set({ onNew })}
        />
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
          <Field label={t('startAt')} hint={t('startAtHint')}>
            <Input
              type="datetime-local"
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

function RejectedExamples({ preview }: { preview: Preview }) {
  const t = useTranslations('imports');
  const format = useFormatter();
  const reasonText = useReasonText();
  return (
    <ul className="max-w-4xl border-line border-t">
      {Object.entries(preview.examples).map(([reason, rows]) => (
        <li key={reason} className="border-line border-b py-3">
          <p className="flex items-baseline justify-between gap-4">
            <span className="font-medium">{reasonText(reason)}</span>
            <span className="tabular-nums">{format.number(preview.counts.reasons[reason] ?? rows.length)}</span>
          </p>
          {rows.map((row) => (
            <p key={row.line} className="truncate text-muted text-xs">
              {t('format.line')} {row.line}: {row.cells.filter((cell) => cell.trim() !== '').join(' · ')}
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}
