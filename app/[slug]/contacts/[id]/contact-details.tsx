'use client';
/** What is known of a contact: addresses, zone with its origin, language, custom fields that have a value. */
import { useTranslations } from 'next-intl';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import { useReaderTime } from '#app/_ui/reader-time.tsx';
import { zoneWithOffset } from '#app/_ui/zone-name.ts';
import type { FieldKind, FieldValue } from '#server/domain/contact/fields.ts';
import { phoneText } from '../_form/phone-text.ts';
import type { Contact } from './contact-view.tsx';

interface ContactDetailsProps {
  contact: Contact;
  fields: readonly { key: string; label: string; kind: FieldKind }[];
}

export function ContactDetails({ contact, fields }: ContactDetailsProps) {
  const t = useTranslations('contacts');
  const api = useApi();
  const { now } = useReaderTime();
  const members = useQuery(api.members.list.queryOptions({ limit: 200 }, { enabled: contact.ownerId !== null }));
  const owner = members.data?.items.find(({ id }) => id === contact.ownerId);
  const none = <span className="text-muted">{t('list.none')}</span>;
  const shown = fields.filter((field) => field.key in contact.fields);
  return (
    <dl className="flex flex-col gap-3">
      <Detail label={t('form.phone')}>{contact.phone ? <span className="tabular-nums">{phoneText(contact.phone)}</span> : none}</Detail>
      <Detail label={t('form.email')}>{contact.email ? <span className="break-all">{contact.email}</span> : none}</Detail>
      <Detail label={t('form.zone')}>
        {zoneWithOffset(contact.timeZone, now)} <span className="text-muted">({t(`page.origins.${contact.timeZoneOrigin}`)})</span>
      </Detail>
      {contact.externalId && <Detail label={t('form.externalId')}>{contact.externalId}</Detail>}
      {contact.locale && <Detail label={t('form.locale')}>{contact.locale}</Detail>}
      {owner && <Detail label={t('form.owner')}>{owner.name}</Detail>}
      {contact.notes && (
        <Detail label={t('form.notes')}>
          <span className="whitespace-pre-line break-words">{contact.notes}</span>
        </Detail>
      )}
      {shown.map((field) => (
        <Detail key={field.key} label={field.label}>
          <Value kind={field.kind} value={contact.fields[field.key] ?? ''} />
        </Detail>
      ))}
      <Detail label={t('page.added')}>
        <DateTime at={contact.createdAt} style="date" />
      </Detail>
    </dl>
  );
}

function Detail({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt className="text-muted text-xs">{label}</dt>
      <dd className="mt-0.5">{children}</dd>
    </div>
  );
}

function Value({ kind, value }: { kind: FieldKind; value: FieldValue }) {
  const t = useTranslations('contacts.form');
  if (kind === 'boolean') return t(value === true ? 'yes' : 'no');
  if (kind === 'date' && typeof value === 'string') return <DateTime at={`${value}T00:00:00Z`} zone="UTC" style="date" />;
  return <span className="whitespace-pre-line break-words">{String(value)}</span>;
}
