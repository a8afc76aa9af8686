'use client';
/** What the import would do, and the rules that it follows; all counted anew when a rule changes. */
import { useFormatter, useTranslations } from 'next-intl';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Section } from '#app/_ui/section.tsx';
import { Stat } from '#app/_ui/stat.tsx';
import { OutcomeBadge } from '../../_import/outcome-badge.tsx';
import { useFaultText, useReasonText } from '../../_import/reason-text.ts';
import { RowAccount } from '../../_import/row-account.tsx';
import { phoneText } from '../../_form/phone-text.ts';
import { ImportRules } from './import-rules.tsx';
import type { Mended, OptionsChoice, Preview } from './choices.ts';
import type { DryRun } from './use-dry-run.ts';

interface ReviewStepProps {
  preview: Preview;
  /** Counts over the whole file, where the preview is only of its beginning. */
  whole: DryRun | null;
  /** The figures are of the rules before; new ones are being counted. */
  stale: boolean;
  options: OptionsChoice;
  /** Where the options come from, when the file brings refused rows back. */
  mended: Mended | null;
  onOptionsChange: (options: OptionsChoice) => void;
}

export function ReviewStep({ preview, whole, stale, options, mended, onOptionsChange }: ReviewStepProps) {
  const t = useTranslations('imports');
  const faultText = useFaultText();
  const counts = figuresOf(preview, whole);
  const columns = [
    { key: 'line', header: t('format.line'), className: 'text-muted', cell: (row: Row) => row.line },
    {
      key: 'name',
      header: t('review.sampleName'),
      cell: (row: Row) => (
        <>
          {row.contact?.name ?? nameIn(row, preview.mapping)}
          {row.contact?.phone && (
            <span className="block whitespace-nowrap text-muted text-xs tabular-nums sm:hidden">{phoneText(row.contact.phone)}</span>
          )}
        </>
      ),
    },
    {
      key: 'phone',
      header: t('review.samplePhone'),
      className: 'whitespace-nowrap tabular-nums',
      wideOnly: true,
      cell: (row: Row) => (row.contact?.phone ? phoneText(row.contact.phone) : ''),
    },
    { key: 'email', header: t('review.sampleEmail'), wideOnly: true, cell: (row: Row) => row.contact?.email ?? '' },
    {
      key: 'outcome',
      header: t('review.sampleOutcome'),
      cell: (row: Row) => (
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <OutcomeBadge outcome={row.outcome} />
          {row.reason && <span className="text-muted text-xs">{faultText(row.reason, row.column, true)}</span>}
        </span>
      ),
    },
  ];
  return (
    <>
      <Section title={t('review.title')} description={t(`review.${noteOf(preview, whole)}`, { count: preview.counts.rows })}>
        <RowAccount counts={counts} total={t('review.rows')} stale={stale} />
        <People counts={counts} enrols={Boolean(options.sequenceId)} />
        <OptOutNote {...counts} />
        {counts.rows === counts.rejected + counts.skipped && (
          <p role="alert" className="mt-4 text-danger-text">
            {t(counts.rows === 0 ? 'review.noRows' : 'review.nothing')}
          </p>
        )}
      </Section>
      <Section title={t('review.rules')} {...(mended && { description: <MendedRules {...mended} /> })}>
        <ImportRules options={options} onOptionsChange={onOptionsChange} />
      </Section>
      {counts.rejected > 0 && (
        <Section title={t('review.rejectedTitle')} description={t('review.rejectedHint')}>
          <RejectedExamples preview={preview} />
        </Section>
      )}
      <Section title={t('review.sample')}>
        <DataTable label={t('review.sample')} columns={columns} rows={preview.rows} rowKey={(row) => String(row.line)} />
      </Section>
    </>
  );
}

/** What the rows mean for the people in them. */
function People({ counts, enrols }: { counts: ReturnType<typeof figuresOf>; enrols: boolean }) {
  const t = useTranslations('imports.review');
  const format = useFormatter();
  const figures = [
    ...(enrols ? (['toEnrol', 'alreadyEnrolled', 'optedOut'] as const) : []),
    ...(!enrols && counts.optedOut > 0 ? (['optedOut'] as const) : []),
  ];
  if (figures.length === 0) return null;
  return (
    <div className="mt-5 grid grid-cols-2 gap-x-8 gap-y-5 border-line border-t pt-5 sm:flex sm:flex-wrap">
      {figures.map((figure) => (
        <Stat key={figure} label={t(figure)} value={format.number(counts[figure])} />
      ))}
    </div>
  );
}

/** How many rows say that somebody opted out, and how many of these will not be on record. */
function OptOutNote({ optOutRows, optOutsNotRecorded }: { optOutRows: number; optOutsNotRecorded: number }) {
  const t = useTranslations('imports.review');
  if (optOutRows === 0) return null;
  return (
    <div className="mt-4 max-w-2xl">
      <p className="text-muted">{t('optOutRows', { count: optOutRows })}</p>
      {optOutsNotRecorded > 0 && (
        <p className="mt-2 rounded-md bg-failed-soft px-3 py-2 text-failed">{t('optOutsNotRecorded', { count: optOutsNotRecorded })}</p>
      )}
    </div>
  );
}

/** Where the rules come from, and what of them cannot be had any more. */
function MendedRules({ fileName, left }: Mended) {
  const t = useTranslations('imports.mended');
  const [gone] = left;
  return (
    <>
      {t('rules', { file: fileName })} {gone && <span className="text-ink">{t(`left.${gone}`)}</span>}
    </>
  );
}

/** The figures of the whole file where they are there. */
function figuresOf({ counts, alreadyEnrolled, optedOut }: Preview, whole: DryRun | null) {
  if (whole?.status !== 'done') return { ...counts, toEnrol: counts.enrolled, alreadyEnrolled, optedOut };
  const { rows, toCreate, toUpdate, unchanged, merged, skip, refuse, toEnrol } = whole;
  const { alreadyEnrolled: enrolled, optedOut: refused, optOutRows, optOutsNotRecorded } = whole;
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
    optOutRows,
    optOutsNotRecorded,
  };
}

function noteOf(preview: Preview, whole: DryRun | null): 'whole' | 'partial' | 'counting' | 'countFailed' {
  if (preview.complete || whole?.status === 'done') return 'whole';
  if (whole === null) return 'partial';
  return whole.status === 'failed' ? 'countFailed' : 'counting';
}

type Row = Preview['rows'][number];

/** What a refused row says the person is called, as it stands in the file. */
function nameIn({ cells }: Row, mapping: Preview['mapping']): string {
  const parts = ['firstName', 'name', 'lastName'].map((target) => cells[mapping.findIndex(({ to }) => to === target)]?.trim());
  return parts.filter(Boolean).join(' ');
}

function RejectedExamples({ preview }: { preview: Preview }) {
  const t = useTranslations('imports');
  const format = useFormatter();
  const reasonText = useReasonText();
  const faultText = useFaultText();
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
              {t('format.line')} {row.line}:{' '}
              {row.column && <b className="font-medium text-ink">{faultText(reason, row.column, false)} · </b>}
              {row.cells.filter((cell) => cell.trim() !== '').join(' · ')}
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}
