'use client';
/** Who was merged into the contact, by whom, and what came along. */
import { useFormatter, useTranslations } from 'next-intl';
import { phoneText } from '../_form/phone-text.ts';
import type { Timeline } from './contact-view.tsx';

export function MergeNote({ merge }: { merge: NonNullable<Timeline['items'][number]['merge']> }) {
  const t = useTranslations('contacts.merges');
  const tTimeline = useTranslations('contacts.timeline');
  const format = useFormatter();
  const { name, phone, email, externalId, enrolments, conversations, actorName } = merge;
  const known = [phone && phoneText(phone), email, externalId && t('externalId', { id: externalId })].filter((one) => one !== null);
  const brought = [enrolments && t('enrolments', { count: enrolments }), conversations && t('conversations', { count: conversations })];
  const things = brought.filter((one) => typeof one === 'string');
  return (
    <div className="flex flex-col gap-0.5">
      <p className="break-words">
        {name === null ? t('mergedUnnamed') : t('merged', { name })}
        {actorName && <span className="text-muted"> {tTimeline('by', { name: actorName })}</span>}
      </p>
      {known.length > 0 && <p className="break-words text-muted text-xs tabular-nums">{known.join('\u00a0· ')}</p>}
      {enrolments !== null && (
        <p className="text-muted text-xs">{things.length > 0 ? t('brought', { things: format.list(things) }) : t('broughtNothing')}</p>
      )}
    </div>
  );
}
