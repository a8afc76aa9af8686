'use client';
/** Chooses the columns of the list. The name always stays. */
import { Columns3 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#app/_ui/button.tsx';
import { Checkbox } from '#app/_ui/checkbox.tsx';
import { Popover } from '#app/_ui/popover.tsx';

export interface ColumnChoice {
  columns: readonly { key: string; label: string; wideOnly?: boolean }[];
  chosen: ReadonlySet<string>;
  onChoose: (columns: ReadonlySet<string>) => void;
}

export function ColumnChooser(choice: ColumnChoice) {
  const t = useTranslations('contacts.list');
  return (
    <Popover
      title={t('columns')}
      align="end"
      trigger={
        <Button variant="quiet">
          <Columns3 aria-hidden="true" />
          {t('columns')}
        </Button>
      }
    >
      <ColumnChecks {...choice} />
    </Popover>
  );
}

export function ColumnChecks({ columns, chosen, onChoose }: ColumnChoice) {
  const toggle = (key: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(key);
    else next.delete(key);
    onChoose(next);
  };
  return (
    <ul className="flex flex-col gap-2">
      {columns.map(({ key, label }) => (
        <li key={key}>
          <Checkbox label={label} checked={chosen.has(key)} onCheckedChange={(on) => toggle(key, on)} />
        </li>
      ))}
    </ul>
  );
}
