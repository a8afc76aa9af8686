'use client';
import { useState } from 'react';
import { StatusBadge } from '#app/_ui/badge.tsx';
import { Button } from '#app/_ui/button.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import { EmptyState, ErrorState, ForbiddenState, NothingMatches } from '#app/_ui/list-state.tsx';
import { LoadMore } from '#app/_ui/load-more.tsx';
import { Section } from '#app/_ui/section.tsx';
import { TableSkeleton } from '#app/_ui/skeleton.tsx';
import { TextLink } from '#app/_ui/text-link.tsx';
import { sample } from './sample-words.ts';

type Row = (typeof sample.contacts)[number];

export function ListsGallery() {
  const [selected, setSelected] = useState(new Set(['2']));
  return (
    <>
      <Section title={sample.sections.tables}>
        <DataTable<Row>
          label={sample.contact}
          rows={sample.contacts}
          rowKey={(row) => row.value}
          selection={{ selected, onChange: setSelected, rowLabel: (row) => row.label }}
          columns={[
            { key: 'name', header: sample.columns.name, cell: (row) => <TextLink href="#content">{row.label}</TextLink> },
            { key: 'state', header: sample.columns.state, cell: () => <StatusBadge tone="waiting">{sample.states[2].word}</StatusBadge> },
            {
              key: 'next',
              header: sample.columns.next,
              cell: () => <DateTime at="2026-11-30T12:00:00Z" />,
              className: 'whitespace-nowrap',
            },
            { key: 'rate', header: sample.columns.rate, cell: () => '18%', align: 'end', wideOnly: true },
          ]}
        />
        <LoadMore shown={3} hasMore onLoadMore={() => {}} />
      </Section>
      <Section title={sample.sections.listStates}>
        <div className="grid gap-4 lg:grid-cols-2">
          <EmptyState title={sample.empty} action={<Button variant="primary">{sample.create}</Button>}>
            {sample.emptyText}
          </EmptyState>
          <NothingMatches onClear={() => {}} />
          <ErrorState onRetry={() => {}} />
          <ForbiddenState />
          <TableSkeleton rows={5} />
        </div>
      </Section>
    </>
  );
}
