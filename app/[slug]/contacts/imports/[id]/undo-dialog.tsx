'use client';
/** Asks before an import is undone, and says what would go, end, come back and stay. */
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { ErrorState } from '#app/_ui/list-state.tsx';
import { Spinner } from '#app/_ui/spinner.tsx';
import { rounded } from '#server/domain/rough-count.ts';
import { useKeptText } from './kept-text.ts';

interface UndoDialogProps {
  importId: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onConfirm: () => Promise<unknown>;
  /** It was confirmed: there is nothing to foretell any more. */
  isConfirmed: boolean;
}

export function UndoDialog({ importId, open, onOpenChange, onConfirm, isConfirmed }: UndoDialogProps) {
  const t = useTranslations('imports.run');
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('undoTitle')}
      description={t('undoDescription')}
      confirmLabel={t('undo')}
      destructive
      onConfirm={onConfirm}
    >
      <div aria-live="polite">{open && <Forecast importId={importId} isConfirmed={isConfirmed} />}</div>
    </ConfirmDialog>
  );
}

function Forecast({ importId, isConfirmed }: Pick<UndoDialogProps, 'importId' | 'isConfirmed'>) {
  const t = useTranslations('imports.run');
  const keptText = useKeptText();
  const api = useApi();
  // What is shown is of this moment, each time anew.
  const found = useQuery(api.imports.undoPreview.queryOptions({ id: importId }, { gcTime: 0, staleTime: 0, enabled: !isConfirmed }));
  if (found.isError) return <ErrorState onRetry={() => void found.refetch()} />;
  if (!found.data) return <Spinner label={t('undoCounting')} />;
  const { isExact, deleted, restored, enrolmentsEnded, kept } = found.data;
  const reasons = Object.entries(kept).sort(([, a], [, b]) => b - a);
  const keptRows = reasons.reduce((sum, [, count]) => sum + count, 0);
  const figures = [
    ['undoWillDelete', deleted],
    ['undoWillEnd', enrolmentsEnded],
    ['undoWillRestore', restored],
    ['undoWillKeep', isExact ? keptRows : rounded(keptRows, 2)],
  ] as const;
  const amount = (count: number) => t(isExact || count === 0 ? 'undoAmount' : 'undoAmountAbout', { count });
  return (
    <>
      <dl className="border-line border-t">
        {figures.map(([label, count]) => (
          <div key={label} className="flex items-baseline justify-between gap-4 border-line border-b py-1.5">
            <dt>{t(label)}</dt>
            <dd className="whitespace-nowrap font-medium tabular-nums">{amount(count)}</dd>
          </div>
        ))}
        {reasons.map(([reason, count]) => (
          <div key={reason} className="flex items-baseline justify-between gap-4 py-1 pl-4 text-muted text-xs">
            <dt>{keptText(reason)}</dt>
            <dd className="whitespace-nowrap tabular-nums">{amount(count)}</dd>
          </div>
        ))}
      </dl>
      {!isExact && <p className="mt-2 text-muted text-xs">{t('undoEstimate')}</p>}
    </>
  );
}
