'use client';
/** Everybody in a sequence, or those behind one number: where each stands, when the next send is, and the controls. */
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { LinkButton } from '#app/_ui/link-button.tsx';
import { EmptyState, ErrorState, NothingMatches } from '#app/_ui/list-state.tsx';
import { LoadMore } from '#app/_ui/load-more.tsx';
import { ExportMenu } from '../../../_export/export-menu.tsx';
import { EnrolmentSheet } from '../../../_enrolment/enrolment-sheet.tsx';
import { useEnrolmentWords } from '../../../_enrolment/enrolment-words.ts';
import { type PeoplePage, personName, usePeopleColumns } from './people-columns.tsx';
import { enrolmentFilterOf, peopleAddress, type PeopleFilter } from './people-filter.ts';
import { PeopleToolbar } from './people-toolbar.tsx';

interface PeopleListProps {
  slug: string;
  sequenceId: string;
  filter: PeopleFilter;
  firstPage: PeoplePage;
  mayEdit: boolean;
}

export function PeopleList({ slug, sequenceId, filter, firstPage, mayEdit }: PeopleListProps) {
  const { t } = useEnrolmentWords();
  const types = useTranslations('time.simulation.types');
  const api = useApi();
  const router = useRouter();
  const [openId, setOpenId] = useState<string | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const pages = useInfiniteQuery(
    api.sequences.people.infiniteQueryOptions(
      { id: sequenceId, ...filter },
      {
        getNextPageParam: (page) => page.nextCursor ?? undefined,
        initialData: { pages: [firstPage], pageParams: [null] },
        refetchInterval: 10_000,
      },
    ),
  );
  const results = useQuery(
    api.sequences.results.queryOptions({ id: sequenceId }, { enabled: filter.step !== undefined || selected.size > 0 }),
  );
  const step = results.data?.steps.find((row) => row.stepKey === filter.step?.key);
  const stepTitle = step?.title ?? (step ? types(step.type) : '');
  const exporting = useMutation(api.enrolments.export.mutationOptions());
  const columns = usePeopleColumns(setOpenId);
  const rows = pages.data.pages.flatMap((page) => page.items);
  const filtered = Object.keys(filter).length > 0;
  const show = (next: PeopleFilter) => {
    setSelected(new Set());
    router.replace(peopleAddress(slug, sequenceId, next), { scroll: false });
  };
  const nobody = rows.length === 0;
  const total = pages.data.pages[0]?.total ?? null;
  const meant = enrolmentFilterOf(sequenceId, filter);
  const isAllShown = rows.length > 0 && rows.every((row) => selected.has(row.id));
  const everyone = isAllShown && total !== null && total > rows.length ? { count: total, filter: meant } : null;
  return (
    <>
      {(!nobody || filtered) && (
        <PeopleToolbar
          filter={filter}
          total={pages.data.pages[0]?.total ?? null}
          stepTitle={stepTitle}
          selected={rows.filter((row) => selected.has(row.id))}
          everyone={everyone}
          steps={(results.data?.steps ?? [])
            .filter((one) => one.isLive)
            .map((one) => ({ stepKey: one.stepKey, label: `${one.position}. ${one.title ?? types(one.type)}` }))}
          onFilter={show}
          onDone={() => setSelected(new Set())}
        />
      )}
      {pages.isError && nobody ? (
        <ErrorState onRetry={() => void pages.refetch()} />
      ) : nobody && filtered ? (
        <NothingMatches onClear={() => show({})}>{t('people.nothingMatches')}</NothingMatches>
      ) : nobody ? (
        <EmptyState title={t('people.empty')} action={<LinkButton href={`/${slug}/contacts`}>{t('people.openContacts')}</LinkButton>}>
          {t('people.emptyText')}
        </EmptyState>
      ) : (
        <>
          {mayEdit && (
            <div className="mb-4 flex justify-end">
              <ExportMenu
                slug={slug}
                size="sm"
                ask={(format) => exporting.mutateAsync(selected.size > 0 ? { ids: [...selected], format } : { filter: meant, format })}
              />
            </div>
          )}
          <DataTable
            label={t('people.title')}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            currentKey={openId}
            selection={
              mayEdit
                ? {
                    selected,
                    onChange: setSelected,
                    rowLabel: (row) => t('people.selectRow', { name: personName(row, t('people.unnamed')) }),
                  }
                : undefined
            }
          />
          <LoadMore
            shown={rows.length}
            hasMore={pages.hasNextPage}
            busy={pages.isFetchingNextPage}
            onLoadMore={() => void pages.fetchNextPage()}
          />
        </>
      )}
      <EnrolmentSheet slug={slug} enrolmentId={openId} onClose={() => setOpenId(null)} mayEdit={mayEdit} />
    </>
  );
}
