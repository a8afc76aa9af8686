'use client';
/** Gives rows of an import as a file, to mend and import again. */
import { useTranslations } from 'next-intl';
import { buttonStyle } from '#app/_ui/button-style.ts';

interface DownloadRowsProps {
  slug: string;
  importId: string;
  /** Only rows whose opt-out is not on record, or all that were refused. */
  only?: 'optOuts';
}

export function DownloadRows({ slug, importId, only }: DownloadRowsProps) {
  const t = useTranslations('imports.run');
  const filter = only === 'optOuts' ? '&optOut=notRecorded' : '';
  return (
    <a href={`/api/imports/${importId}/rejects.csv?workspace=${encodeURIComponent(slug)}${filter}`} download className={buttonStyle()}>
      {t(only === 'optOuts' ? 'downloadOptOuts' : 'download')}
    </a>
  );
}
