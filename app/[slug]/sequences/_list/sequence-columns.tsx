'use client';
/** What the list shows of a sequence. */
import { CircleAlert } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { Badge } from '#app/_ui/badge.tsx';
import type { Column } from '#app/_ui/data-table.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import { TextLink } from '#app/_ui/text-link.tsx';
import { SequenceMenu } from '../_actions/sequence-menu.tsx';
import { SequenceStatusBadge } from '../_actions/sequence-status-badge.tsx';
import type { SequencePage } from './sequence-list.tsx';

type Row = SequencePage['items'][number];

export function useSequenceColumns({ slug, mayEdit }: { slug: string; mayEdit: boolean }): Column<Row>[] {
  const t = useTranslations('sequences');
  const format = useFormatter();
  return useMemo(() => {
    const number = (count: number, isExact: boolean) => (isExact ? format.number(count) : t('list.about', { count }));
    const columns: Column<Row>[] = [
      {
        key: 'name',
        header: t('list.name'),
        className: 'min-w-36 sm:min-w-60',
        cell: (row) => (
          <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
            <TextLink href={`/${slug}/sequences/${row.id}`}>{row.name}</TextLink>
            {row.liveVersion !== null && row.draftDiffers && <Badge className="text-muted">{t('list.draftDiffers')}</Badge>}
            <span className="w-full text-muted text-xs sm:hidden">
              {t('list.activeShort', { count: number(row.activeCount, row.activeIsExact) })}
              {row.nextSendAt && (
                <>
                  {' · '}
                  <DateTime at={row.nextSendAt} />
                </>
              )}
            </span>
          </span>
        ),
      },
      { key: 'channels', header: t('list.channels'), wideOnly: true, cell: (row) => <Channels row={row} /> },
      { key: 'status', header: t('list.status'), cell: (row) => <SequenceStatusBadge status={row.status} /> },
      { key: 'active', header: t('list.active'), align: 'end', wideOnly: true, cell: (row) => number(row.activeCount, row.activeIsExact) },
      {
        key: 'replies',
        header: t('list.replyRate'),
        align: 'end',
        wideOnly: true,
        className: 'whitespace-nowrap',
        cell: (row) =>
          row.acceptedCount === 0 ? (
            <span className="text-muted">{t('list.noRate')}</span>
          ) : (
            t('list.rate', {
              rate: format.number(row.repliedCount / row.acceptedCount, { style: 'percent' }),
              count: number(row.acceptedCount, row.sentIsExact),
            })
          ),
      },
      {
        key: 'next',
        header: t('list.nextSend'),
        wideOnly: true,
        className: 'whitespace-nowrap',
        cell: (row) => (row.nextSendAt ? <DateTime at={row.nextSendAt} /> : <span className="text-muted">{t('list.noNextSend')}</span>),
      },
    ];
    if (mayEdit) {
      columns.push({
        key: 'actions',
        header: <span className="sr-only">{t('list.actionsHeader')}</span>,
        align: 'end',
        className: 'w-12',
        cell: (row) => <SequenceMenu slug={slug} sequence={row} />,
      });
    }
    return columns;
  }, [t, format, slug, mayEdit]);
}

function Channels({ row }: { row: Row }) {
  const t = useTranslations('sequences.list');
  if (row.channels.length === 0) return <span className="text-muted">{t('noChannels')}</span>;
  return (
    <span className="flex flex-wrap gap-x-2 gap-y-1">
      {row.channels.map((channel) =>
        channel.status === 'active' ? (
          <span key={channel.id}>{channel.name}</span>
        ) : (
          <span key={channel.id} className="inline-flex items-center gap-1 text-danger-text">
            <CircleAlert className="size-3.5" aria-hidden="true" />
            {channel.status === 'failing' ? t('channelDown', { name: channel.name }) : t('channelPaused', { name: channel.name })}
          </span>
        ),
      )}
    </span>
  );
}
