'use client';
/** Asks before an account goes; where sequences still send through it, says which. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { TRPCClientError } from '@trpc/client';
import { Link } from '#app/_ui/link.tsx';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import type { AppRouter } from '#server/api/root.ts';
import type { Account } from './channel-list.tsx';

interface DeleteAccountProps {
  slug: string;
  account: Account;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

interface UsingSequence {
  id: string;
  name: string;
}

export function DeleteAccount({ slug, account, open, onOpenChange }: DeleteAccountProps) {
  const t = useTranslations('channels');
  const api = useApi();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const remove = useMutation(
    api.channels.delete.mutationOptions({
      onSuccess: async () => {
        toast.success(t('done.deleted'));
        await queries.invalidateQueries(api.channels.pathFilter());
      },
      onError: (error) => {
        if (sequencesIn(error).length === 0) toast.error(errorText(error));
      },
    }),
  );
  const using = sequencesIn(remove.error);
  const change = (next: boolean) => {
    if (next) remove.reset();
    onOpenChange(next);
  };
  return (
    <ConfirmDialog
      destructive
      open={open}
      onOpenChange={change}
      title={t('deleteTitle', { name: account.name })}
      description={t('deleteDescription')}
      confirmLabel={t('delete')}
      onConfirm={() => remove.mutateAsync({ id: account.id })}
    >
      {using.length > 0 && (
        <div role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-danger-text">
          <p>{t('inUse')}</p>
          <ul className="mt-1">
            {using.map((sequence) => (
              <li key={sequence.id}>
                <Link href={`/${slug}/sequences/${sequence.id}`} className="rounded-md underline underline-offset-4">
                  {sequence.name}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      )}
    </ConfirmDialog>
  );
}

function sequencesIn(error: unknown): UsingSequence[] {
  if (!(error instanceof TRPCClientError)) return [];
  const details = (error as TRPCClientError<AppRouter>).data?.domain?.details;
  return (details?.['sequences'] as UsingSequence[] | undefined) ?? [];
}
