'use client';
/** What the list shows of a contact. On phones the name carries the address under it. */
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { Badge } from '#app/_ui/badge.tsx';
import type { Column } from '#app/_ui/data-table.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import { zoneName } from '#app/_ui/format-date.ts';
import { TextLink } from '#app/_ui/text-link.tsx';
import { phoneText } from '../_form/phone-text.ts';
import type { ContactItem } from './contact-list.tsx';

const shownTags = 3;

export function useContactColumns(slug: string): Column<ContactItem>[] {
  const t = useTranslations('contacts');
  return useMemo(() => {
    const none = <span className="text-muted">{t('list.none')}</span>;
    return [
      {
        key: 'name',
        header: t('list.name'),
        className: 'max-w-72 min-w-40',
        cell: (row) => (
          <span className="block min-w-0">
            <TextLink href={`/${slug}/contacts/${row.id}`} className="block truncate">
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
        cell: (row) => (row.email ? <span className="block truncate">{row.email}</span> : none),
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
    ];
  }, [t, slug]);
}
