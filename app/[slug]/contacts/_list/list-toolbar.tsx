'use client';
/** What is searched, filtered and shown. On a phone the search and the filter stand in one row, and the rest behind one button. */
import { ListFilter as ListFilterIcon, SlidersHorizontal } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Popover } from '#app/_ui/popover.tsx';
import { SearchInput } from '#app/_ui/search-input.tsx';
import { Select } from '#app/_ui/select.tsx';
import { leavesOf } from '#server/domain/contact/filter.ts';
import { contactSorts, type ContactSort } from '#server/domain/contact/schema.ts';
import { SegmentSelect } from '../../_filter/segment-select.tsx';
import { ColumnChecks, ColumnChooser, type ColumnChoice } from './column-chooser.tsx';
import type { ListFilter, ListView } from './list-filter.ts';

interface ListToolbarProps {
  view: ListView;
  tags: readonly { readonly name: string }[];
  columns: ColumnChoice;
  mayEdit: boolean;
  onShow: (filter: ListFilter, sort?: ContactSort) => void;
  onFilter: () => void;
}

const everyTag = 'all tags';

export function ListToolbar({ view: { filter, sort }, tags, columns, mayEdit, onShow, onFilter }: ListToolbarProps) {
  const t = useTranslations('contacts.list');
  const without = (part: keyof ListFilter): ListFilter => {
    const { [part]: _left, ...rest } = filter;
    return rest;
  };
  const conditions = filter.where ? leavesOf(filter.where).length : 0;
  const filterText = conditions > 0 ? t('filterOf', { count: conditions }) : t('filter');
  const asksTag = tags.length > 0 || filter.tag !== undefined;
  const tagSelect = {
    value: filter.tag ?? everyTag,
    options: [{ value: everyTag, label: t('allTags') }, ...tagOptions(tags, filter.tag)],
    onValueChange: (tag: string) => onShow({ ...without('tag'), ...(tag !== everyTag && { tag }) }),
  };
  const sortSelect = {
    value: sort,
    options: contactSorts.map((value) => ({ value, label: t(`sorts.${value}`) })),
    onValueChange: (order: ContactSort) => onShow(filter, order),
  };
  return (
    <div className="mb-3 flex flex-wrap gap-2 sm:mb-4">
      <SearchInput
        label={t('search')}
        className="w-auto min-w-0 flex-1 sm:w-auto sm:min-w-56 sm:max-w-88"
        value={filter.search ?? ''}
        onSearch={(search) => onShow({ ...without('search'), ...(search && { search }) })}
      />
      <Button className="max-sm:px-2.5" aria-label={filterText} onClick={onFilter}>
        <ListFilterIcon aria-hidden="true" />
        <span className="max-sm:sr-only">{filterText}</span>
        {conditions > 0 && (
          <span aria-hidden="true" className="tabular-nums sm:hidden">
            {conditions}
          </span>
        )}
      </Button>
      <Popover
        title={t('view')}
        align="end"
        className="w-72"
        trigger={
          <Button className="px-2.5 sm:hidden" aria-label={t('view')}>
            <SlidersHorizontal aria-hidden="true" />
            {filter.tag !== undefined && (
              <span aria-hidden="true" className="tabular-nums">
                1
              </span>
            )}
          </Button>
        }
      >
        <div className="flex flex-col gap-4">
          {asksTag && (
            <Field label={t('tagFilter')}>
              <Select {...tagSelect} />
            </Field>
          )}
          <Field label={t('sort')}>
            <Select {...sortSelect} />
          </Field>
          <fieldset>
            <legend className="mb-1.5 font-medium">{t('columns')}</legend>
            <ColumnChecks {...columns} columns={columns.columns.filter(({ wideOnly }) => !wideOnly)} />
          </fieldset>
        </div>
      </Popover>
      {asksTag && <Select aria-label={t('tagFilter')} className="hidden w-40 sm:flex" {...tagSelect} />}
      <SegmentSelect
        value={filter.segmentId}
        mayEdit={mayEdit}
        onChange={(segmentId) => onShow({ ...without('segmentId'), ...(segmentId && { segmentId }) })}
      />
      <div className="hidden gap-2 sm:ml-auto sm:flex">
        <Select aria-label={t('sort')} className="w-40" {...sortSelect} />
        <ColumnChooser {...columns} />
      </div>
    </div>
  );
}

function tagOptions(tags: readonly { readonly name: string }[], current: string | undefined): { value: string; label: string }[] {
  const names = tags.map((tag) => tag.name);
  if (current && !names.some((name) => name.toLowerCase() === current.toLowerCase())) names.push(current);
  return names.map((name) => ({ value: current?.toLowerCase() === name.toLowerCase() ? current : name, label: name }));
}
