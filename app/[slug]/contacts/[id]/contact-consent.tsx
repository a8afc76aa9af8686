'use client';
/** What the contact agreed to on each channel, since when and where that is written down; addresses that are blocked. */
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import { ConsentDialog } from './consent-dialog.tsx';
import type { Contact } from './contact-view.tsx';
import { ImportSource } from './import-deeds.tsx';

export function ContactConsent({ slug, contact, mayEdit }: { slug: string; contact: Contact; mayEdit: boolean }) {
  const t = useTranslations('privacy');
  const [recording, setRecording] = useState(false);
  const { consents, suppressed } = contact;
  const isEmpty = consents.length === 0 && !suppressed.phone && !suppressed.email;
  return (
    <>
      {suppressed.phone && <p className="mb-2 text-failed">{t('suppressedPhone')}</p>}
      {suppressed.email && <p className="mb-2 text-failed">{t('suppressedEmail')}</p>}
      {isEmpty && <p className="text-muted">{t('none')}</p>}
      <ul className="flex flex-col gap-3">
        {consents.map(({ channelKind, status, source, at, import: by }) => (
          <li key={channelKind}>
            <p className={status === 'withdrawn' ? 'text-failed' : undefined}>{t(status, { channel: t(`kinds.${channelKind}`) })}</p>
            <p className="break-words text-muted text-xs">{t.rich('since', { source, at: () => <DateTime at={at} style="date" /> })}</p>
            {by && (
              <p className="text-muted text-xs">
                <ImportSource slug={slug} by={by} />
              </p>
            )}
          </li>
        ))}
      </ul>
      {mayEdit && (
        <Button size="sm" className="mt-3" onClick={() => setRecording(true)}>
          {t('record')}
        </Button>
      )}
      {recording && <ConsentDialog contactId={contact.id} onClose={() => setRecording(false)} />}
    </>
  );
}
