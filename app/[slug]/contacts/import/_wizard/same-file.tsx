'use client';
/** Says that this very file was imported before, when and by whom; it may be imported again all the same. */
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import { TextLink } from '#app/_ui/text-link.tsx';
import { ImportStatusBadge } from '../../_import/import-status-badge.tsx';
import type { Preview } from './choices.ts';

interface SameFileProps {
  slug: string;
  earlier: Preview['importedBefore'];
  onGoOn: () => void;
  onChooseOther: () => void;
}

export function SameFile({ slug, earlier, onGoOn, onChooseOther }: SameFileProps) {
  const t = useTranslations('imports.same');
  const tChoose = useTranslations('imports.choose');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section aria-labelledby="same-file" className="max-w-2xl">
      <h2 ref={heading} id="same-file" tabIndex={-1} className="mb-1 font-medium text-base outline-none">
        {t('title')}
      </h2>
      <p className="mb-4 text-muted">{t('hint')}</p>
      <ul className="mb-5 border-line border-t">
        {earlier.map(({ id, fileName, status, startedAt, by, rows }) => (
          <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 border-line border-b py-3">
            <TextLink href={`/${slug}/contacts/imports/${id}`} className="min-w-0 break-words">
              {fileName}
            </TextLink>
            <ImportStatusBadge status={status} undo={null} />
            <span className="basis-full text-muted text-xs">
              <DateTime at={startedAt} />
              {by && ` · ${t('by', { name: by })}`}
              {` · ${t('rows', { count: rows })}`}
            </span>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap justify-between gap-2">
        <Button onClick={onChooseOther}>{tChoose('other')}</Button>
        <Button variant="primary" onClick={onGoOn}>
          {t('goOn')}
        </Button>
      </div>
    </section>
  );
}
