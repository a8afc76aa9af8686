'use client';
/** How the file was read: encoding, separator, quoting, where the table begins, header; its first rows show whether that is right. */
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { Checkbox } from '#app/_ui/checkbox.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Section } from '#app/_ui/section.tsx';
import { Select } from '#app/_ui/select.tsx';
import type { FormatChoice, Preview } from './choices.ts';

interface FormatStepProps {
  preview: Preview;
  format: FormatChoice;
  onFormatChange: (format: FormatChoice) => void;
}

type Format = Preview['format'];

const encodings: readonly Format['encoding'][] = [
  'utf-8',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'macintosh',
  'utf-16le',
  'utf-16be',
];
const delimiterNames = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;
const delimiters = Object.keys(delimiterNames) as Format['delimiter'][];
const quoteNames = { '"': 'double', "'": 'single', none: 'none' } as const;
const quotes = Object.keys(quoteNames) as Format['quote'][];
const shownRows = 8;

export function FormatStep({ preview, format, onFormatChange }: FormatStepProps) {
  const t = useTranslations('imports.format');
  const headingId = useId();
  const hintOf = (part: keyof FormatChoice) => format[part] !== undefined && t('overridden');
  const columns = [
    { key: 'line', header: t('line'), className: 'text-muted', cell: (row: Preview['rows'][number]) => row.line },
    ...preview.columns.map((column, index) => ({
      key: String(index),
      header: column.header ?? t('column', { number: index + 1 }),
      className: 'whitespace-nowrap max-w-72 truncate',
      cell: (row: Preview['rows'][number]) => row.cells[index] ?? '',
    })),
  ];
  return (
    <Section title={t('title')} description={t('description')}>
      <h3 id={headingId} className="mb-2 text-muted text-xs">
        {t('preview')}
      </h3>
      <DataTable label={t('preview')} columns={columns} rows={preview.rows.slice(0, shownRows)} rowKey={(row) => String(row.line)} />
      <div className="mt-6 grid max-w-2xl gap-4 sm:grid-cols-2">
        <Field label={t('delimiter')} hint={hintOf('delimiter')}>
          <Select
            options={delimiters.map((value) => ({ value, label: t(`delimiters.${delimiterNames[value]}`) }))}
            value={preview.format.delimiter}
            onValueChange={(delimiter) => onFormatChange({ ...format, delimiter })}
          />
        </Field>
        <Field label={t('encoding')} hint={hintOf('encoding')}>
          <Select
            options={encodings.map((value) => ({ value, label: t(`encodings.${value}`) }))}
            value={preview.format.encoding}
            onValueChange={(encoding) => onFormatChange({ ...format, encoding })}
          />
        </Field>
        <Field label={t('quote')} hint={hintOf('quote')}>
          <Select
            options={quotes.map((value) => ({ value, label: t(`quotes.${quoteNames[value]}`) }))}
            value={preview.format.quote}
            onValueChange={(quote) => onFormatChange({ ...format, quote })}
          />
        </Field>
        <StartField
          preview={preview}
          isGiven={format.startLine !== undefined}
          onChange={(startLine) => onFormatChange({ ...format, startLine })}
        />
        <Checkbox
          className="sm:col-span-2"
          label={t('hasHeader')}
          hint={hintOf('hasHeader')}
          checked={preview.format.hasHeader}
          onCheckedChange={(hasHeader) => onFormatChange({ ...format, hasHeader })}
        />
        {Object.keys(format).length > 0 && (
          <Button size="sm" className="self-start justify-self-start" onClick={() => onFormatChange({})}>
            {t('restore')}
          </Button>
        )}
      </div>
    </Section>
  );
}

interface StartFieldProps {
  preview: Preview;
  isGiven: boolean;
  onChange: (startLine: number) => void;
}

/** The first rows of the file, one of which the table begins with; those above it are no rows of the import, and it is said. */
function StartField({ preview: { top, format }, isGiven, onChange }: StartFieldProps) {
  const t = useTranslations('imports.format');
  const { startLine } = format;
  const rows = top.some(({ line }) => line === startLine) ? top : [...top, { line: startLine, cells: [] }];
  const above = top.filter(({ line }) => line < startLine).length;
  const hints = [isGiven && t('overridden'), above > 0 && t('above', { count: above })].filter(Boolean);
  return (
    <Field label={t('start')} hint={hints.join(' · ')}>
      <Select
        options={rows.map(({ line, cells }) => ({
          value: String(line),
          label: t('startLine', { line }),
          hint: <span className="line-clamp-1">{cells.filter((cell) => cell.trim() !== '').join(' · ')}</span>,
        }))}
        value={String(startLine)}
        onValueChange={(line) => onChange(Number(line))}
      />
    </Field>
  );
}
