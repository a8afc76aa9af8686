'use client';
/** What an import did to the contact, with the way to it. */
import { useFormatter, useTranslations } from 'next-intl';
import { TextLink } from '#app/_ui/text-link.tsx';
import type { Timeline } from './contact-view.tsx';

interface ImportDeedsProps {
  slug: string;
  deeds: NonNullable<Timeline['items'][number]['import']>;
}

export function ImportDeeds({ slug, deeds }: ImportDeedsProps) {
  const t = useTranslations('contacts.imports');
  const tKinds = useTranslations('contacts.conversations.kinds');
  const format = useFormatter();
  const { id, fileName, deed, optOuts, consents, isUndone } = deeds;
  const kinds = (list: readonly string[]) => format.list(list.map((kind) => (tKinds.has(kind as 'smtp') ? tKinds(kind as 'smtp') : kind)));
  return (
    <div className="flex flex-col gap-0.5">
      <p className="break-words">
        {t.rich(deed, { file: () => <ImportLink slug={slug} id={id} fileName={fileName} /> })}
        {isUndone && <span className="text-muted"> {t('undone')}</span>}
      </p>
      {optOuts.length > 0 && <p className="text-failed text-xs">{t('optOuts', { kinds: kinds(optOuts) })}</p>}
      {consents.length > 0 && <p className="text-muted text-xs">{t('consents', { kinds: kinds(consents) })}</p>}
    </div>
  );
}

/** By which import something is on record. */
export function ImportSource({ slug, by }: { slug: string; by: { readonly id: string; readonly fileName: string } }) {
  const t = useTranslations('contacts.imports');
  return <span className="break-words">{t.rich('source', { file: () => <ImportLink slug={slug} {...by} /> })}</span>;
}

function ImportLink({ slug, id, fileName }: { slug: string; id: string; fileName: string }) {
  return <TextLink href={`/${slug}/contacts/imports/${id}`}>{fileName}</TextLink>;
}
