'use client';
/** Rows of 40 px under a sticky head. Wide tables scroll inside their own frame, never the page.
 *  What comes instead of rows (empty, failed, forbidden, nothing matches, loading) is the caller's choice. */
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Checkbox } from './checkbox.tsx';
import { cn } from './class-names.ts';
import { ScrollFrame } from './scroll-frame.tsx';

export interface Column<Row> {
  key: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  align?: 'start' | 'end';
  /** Left out below 640 px, where the row still says the essential. */
  wideOnly?: boolean;
  className?: string;
}

interface DataTableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  selection?: { selected: ReadonlySet<string>; onChange: (selected: Set<string>) => void; rowLabel: (row: Row) => string };
  /** Shown as current: its details are open beside the table. */
  currentKey?: string | null;
  className?: string;
}

export function DataTable<Row>({ label, columns, rows, rowKey, selection, currentKey, className }: DataTableProps<Row>) {
  const t = useTranslations('common');
  const keys = rows.map(rowKey);
  const selectedHere = selection ? keys.filter((key) => selection.selected.has(key)).length : 0;
  const toggleAll = (on: boolean) => {
    const others = [...(selection?.selected ?? [])].filter((key) => !keys.includes(key));
    selection?.onChange(new Set(on ? [...others, ...keys] : others));
  };
  const toggle = (key: string, on: boolean) => {
    const others = [...(selection?.selected ?? [])].filter((other) => other !== key);
    selection?.onChange(new Set(on ? [...others, key] : others));
  };
  return (
    <ScrollFrame label={label} className={cn('max-h-[75dvh] border-line border-y', className)}>
      <table className="w-full border-separate border-spacing-0 text-left text-sm">
        <thead>
          <tr>
            {selection && (
              <th scope="col" className="sticky top-0 z-10 h-9 w-10 border-line border-b bg-paper px-3">
                <Checkbox
                  aria-label={t('selectAll')}
                  checked={rows.length > 0 && selectedHere === rows.length}
                  indeterminate={selectedHere > 0 && selectedHere < rows.length}
                  onCheckedChange={toggleAll}
                />
              </th>
            )}
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={cn(
                  'sticky top-0 z-10 h-9 whitespace-nowrap border-line border-b bg-paper px-3 font-normal text-muted text-xs',
                  column.align === 'end' && 'text-right',
                  column.wideOnly && 'hidden sm:table-cell',
                )}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = rowKey(row);
            const marked = selection?.selected.has(key) || currentKey === key;
            return (
              <tr
                key={key}
                aria-selected={selection ? selection.selected.has(key) : undefined}
                className={cn('group', marked ? 'bg-sunken' : 'hover:bg-sunken')}
              >
                {selection && (
                  <td className="h-10 border-line border-b px-3 group-last:border-b-0">
                    <Checkbox
                      aria-label={selection.rowLabel(row)}
                      checked={selection.selected.has(key)}
                      onCheckedChange={(on) => toggle(key, on)}
                    />
                  </td>
                )}
                {columns.map((column) => (
                  <td
                    key={column.key}
                    className={cn(
                      'h-10 border-line border-b px-3 py-1 group-last:border-b-0',
                      column.align === 'end' && 'text-right tabular-nums',
                      column.wideOnly && 'hidden sm:table-cell',
                      column.className,
                    )}
                  >
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollFrame>
  );
}
