'use client';
/** Whom the file says to have opted out: how many refuse by it since, and which rows name nobody for certain. */
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Section } from '#app/_ui/section.tsx';
import { Stat } from '#app/_ui/stat.tsx';
import { DownloadRows } from './download-rows.tsx';
import { RowList } from './row-list.tsx';

interface OptOutsProps {
  slug: string;
  importId: string;
  optOuts: { readonly rows: number; readonly recorded: number; readonly notRecorded: number };
  /** The import goes on. */
  isUnderWay: boolean;
}

export function OptOuts({ slug, importId, optOuts, isUnderWay }: OptOutsProps) {
  const t = useTranslations('imports.optOuts');
  const format = useFormatter();
  const [isOpen, setOpen] = useState(false);
  const { rows, recorded, notRecorded } = optOuts;
  return (
    <Section title={t('title')} actions={notRecorded > 0 && !isUnderWay && <DownloadRows slug={slug} importId={importId} only="optOuts" />}>
      <div aria-live="polite" className="grid grid-cols-2 gap-x-10 gap-y-5 sm:flex sm:flex-wrap">
        <Stat label={t('rows')} value={format.number(rows)} />
        <Stat label={t('recorded')} value={format.number(recorded)} />
        <Stat label={t('before')} value={format.number(rows - recorded - notRecorded)} />
        <Stat label={t('notRecorded')} value={format.number(notRecorded)} />
      </div>
      {notRecorded > 0 && (
        <>
          <p className="mt-4 max-w-2xl rounded-md bg-failed-soft px-3 py-2 text-failed">{t('notRecordedHint', { count: notRecorded })}</p>
          <details className="mt-3 max-w-3xl border-line border-t" onToggle={(event) => setOpen(event.currentTarget.open)}>
            <summary className="cursor-pointer py-3 font-medium hover:bg-sunken">{t('show')}</summary>
            {isOpen && <RowList importId={importId} filter={{ optOut: 'notRecorded' }} count={notRecorded} withReason />}
          </details>
        </>
      )}
    </Section>
  );
}
