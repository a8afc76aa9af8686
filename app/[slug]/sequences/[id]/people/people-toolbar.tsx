'use client';
/** Above the people of a sequence: search and status, the number that was opened, and the controls of those selected. */
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import type { EnrolmentFilter } from '#server/domain/operation.ts';
import { SearchInput } from '#app/_ui/search-input.tsx';
import { Select } from '#app/_ui/select.tsx';
import { EnrolmentButtons } from '../../../_enrolment/enrolment-buttons.tsx';
import type { StepChoice } from '../../../_enrolment/move-to-dialog.tsx';
import { useEnrolmentWords } from '../../../_enrolment/enrolment-words.ts';
import type { Person } from './people-columns.tsx';
import { type PeopleFilter, peopleStatuses } from './people-filter.ts';

const allControls = ['pause', 'resume', 'sendNow', 'reschedule', 'skipStep', 'moveTo', 'resolveUnknown', 'remove'] as const;

interface PeopleToolbarProps {
  filter: PeopleFilter;
  total: number | null;
  stepTitle: string;
  selected: readonly Person[];
  /** All that the filter means, where that is more than are shown and can be said to the API. */
  everyone: { readonly count: number; readonly filter: EnrolmentFilter } | null;
  steps: readonly StepChoice[];
  onFilter: (filter: PeopleFilter) => void;
  onDone: () => void;
}

export function PeopleToolbar({ filter, total, stepTitle, selected, everyone, steps, onFilter, onDone }: PeopleToolbarProps) {
  const [isEveryone, setEveryone] = useState(false);
  const count = isEveryone && everyone ? everyone.count : selected.length;
  const { t, word } = useEnrolmentWords();
  const metrics = useTranslations('results.metrics');
  const { search: _search, ...withoutSearch } = filter;
  const { status: _status, ...withoutStatus } = filter;
  const opened = filter.step
    ? t('people.filterMetric', { metric: metrics(filter.step.metric), step: stepTitle })
    : filter.exitReason
      ? t('people.filterExit', { reason: word('exit', filter.exitReason) })
      : null;
  return (
    <div className="mb-4 flex min-h-9 flex-wrap items-center gap-2">
      {selected.length > 0 ? (
        <>
          <span className="mr-2 font-medium">{t('controls.selected', { count })}</span>
          {everyone && !isEveryone && (
            <Button size="sm" variant="quiet" onClick={() => setEveryone(true)}>
              {t('people.selectAll', { count: everyone.count })}
            </Button>
          )}
          <EnrolmentButtons
            target={isEveryone && everyone ? { filter: everyone.filter } : { ids: selected.map((row) => row.id) }}
            count={count}
            controls={allControls}
            steps={steps}
            zone={null}
            onDone={() => {
              setEveryone(false);
              onDone();
            }}
          />
        </>
      ) : (
        <>
          <SearchInput
            label={t('people.search')}
            value={filter.search ?? ''}
            onSearch={(search) => onFilter(search ? { ...filter, search } : withoutSearch)}
          />
          <Select
            aria-label={t('people.statusFilter')}
            className="w-full sm:w-52"
            value={filter.status ?? 'all'}
            options={[
              { value: 'all', label: t('people.all') },
              ...peopleStatuses.map((status) => ({ value: status, label: t(`status.${status}`) })),
            ]}
            onValueChange={(status) => onFilter(status === 'all' ? withoutStatus : { ...filter, status })}
          />
          {opened && (
            <Button size="sm" onClick={() => onFilter({})} title={t('people.clearFilter')}>
              {opened}
              <X aria-label={t('people.clearFilter')} />
            </Button>
          )}
          {total !== null && <span className="ml-auto text-muted text-xs">{t('people.total', { count: total })}</span>}
        </>
      )}
    </div>
  );
}
