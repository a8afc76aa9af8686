'use client';
/** Asks before a calendar is deleted; says which sequences keep it, where some do. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useApi } from '#app/_api/client.tsx';
import { Button } from '#app/_ui/button.tsx';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import { useRulesErrorText } from '../rules-error-text.ts';

export function DeleteCalendar({ slug, calendar }: { slug: string; calendar: { id: string; name: string } }) {
  const t = useTranslations('calendars.delete');
  const api = useApi();
  const router = useRouter();
  const queries = useQueryClient();
  const errorText = useRulesErrorText();
  const remove = useMutation(api.calendars.delete.mutationOptions());
  const confirm = async () => {
    try {
      await remove.mutateAsync({ id: calendar.id });
    } catch (error) {
      toast.error(errorText(error));
      throw error;
    }
    toast.success(t('done'));
    await queries.invalidateQueries(api.calendars.list.pathFilter());
    router.push(`/${slug}/settings/hours`);
    router.refresh();
  };
  return (
    <ConfirmDialog
      destructive
      trigger={
        <Button variant="quiet">
          <Trash2 aria-hidden="true" />
          {t('open')}
        </Button>
      }
      title={t('title', { name: calendar.name })}
      description={t('description')}
      confirmLabel={t('confirm')}
      onConfirm={confirm}
    />
  );
}
