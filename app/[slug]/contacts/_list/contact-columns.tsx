'use client';
/** What the list can show of a contact. On phones the name carries the address under it. */
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { Badge } from '#app/_ui/badge.tsx';
import type { Column } from '#app/_ui/data-table.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import { zoneName } from '#app/_ui/zone-name.ts';
import { TextLink } from '#app/_ui/text-link.tsx';
import type { FieldKind, FieldValue } from '#server/domain/contact/fields.ts';
import { phoneText } from '../_form/phone-text.ts';
import type { KnownField } from '../../_filter/new-condition.ts';
import type { ContactItem } from './contact-list.tsx';

const shownTags = 3;

export type ContactColumn = Column<ContactItem> & { readonly label: string };

/** All of them; `chosen` says which are shown beside the name. */
export function useContactColumns(slug: string, fields: readonly KnownField[]): ContactColumn[] {
  const t = useTranslations('contacts');
  const tForm = useTranslations('contacts.form');
  return useMemo(() => {
    const none = <span className="text-muted">{t('list.none')}</span>;
    const columns: Column<ContactItem>[] = [
      {
        key: 'name',
        header: t('list.name'),
        className: 'max-w-48 min-w-40 sm:max-w-72',
        cell: (row) => (
          <span className="block min-w-0">
            <TextLink href={`/${slug}/contacts/${row.id}`} className="block truncate rounded-none">
              {row.name ?? t('unnamed')}
            </TextLink>
            <span className="block truncate text-muted text-xs sm:hidden">{row.phone ? phoneText(row.phone) : row.email}</span>
          </span>
        ),
      },
      {
        key: 'phone',
        header: t('list.phone'),
        wideOnly: true,
        className: 'whitespace-nowrap tabular-nums',
        cell: (row) => (row.phone ? phoneText(row.phone) : none),
      },
      {
        key: 'email',
        header: t('list.email'),
        wideOnly: true,
        className: 'max-w-64',
        cell: (row) => (row.email ? <span className="block truncate rounded-none">{row.email}</span> : none),
      },
      {
        key: 'tags',
        header: t('list.tags'),
        cell: (row) => (
          <span className="flex flex-wrap gap-1">
            {row.tags.slice(0, shownTags).map((tag) => (
              <Badge key={tag} className="max-w-32">
                <span className="truncate">{tag}</span>
              </Badge>
            ))}
            {row.tags.length > shownTags && <Badge className="text-muted">+{row.tags.length - shownTags}</Badge>}
          </span>
        ),
      },
      {
        key: 'zone',
        header: t('list.zone'),
        wideOnly: true,
        className: 'whitespace-nowrap',
        cell: (row) => <span className={row.timeZoneOrigin === 'workspace' ? 'text-muted' : ''}>{zoneName(row.timeZone)}</span>,
      },
      {
        key: 'createdAt',
        header: t('list.createdAt'),
        wideOnly: true,
        className: 'whitespace-nowrap text-muted',
        cell: (row) => <DateTime at={row.createdAt} style="date" />,
      },
      {
        key: 'updatedAt',
        header: t('list.updatedAt'),
        wideOnly: true,
        className: 'whitespace-nowrap text-muted',
        cell: (row) => <DateTime at={row.updatedAt} style="date" />,
      },
      ...fields.map((field) => ({
        key: `field:${field.key}`,
        header: field.label,
        wideOnly: true,
        className: 'max-w-56',
        cell: (row: ContactItem) => <FieldCell value={row.fields[field.key]} kind={field.kind} yes={tForm('yes')} no={tForm('no')} />,
      })),
    ];
    return columns.map((column) => ({ ...column, label: String(column.header) }));
  }, [t, tForm, slug, fields]);
}

function FieldCell({ value, kind, yes, no }: { value: FieldValue | undefined; kind: FieldKind; yes: string; no: string }) {
  if (value === undefined) return <span className="text-muted">–</span>;
  if (kind === 'boolean') return value === true ? yes : no;
  if (kind === 'date' && typeof value === 'string') return <DateTime at={`${value}T00:00:00Z`} zone="UTC" style="date" />;
  return <span className={kind === 'number' ? 'tabular-nums' : 'block truncate'}>{String(value)}</span>;
}
