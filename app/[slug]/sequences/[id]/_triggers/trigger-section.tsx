'use client';
/** What enrols contacts into this sequence by itself. Not part of the plan: it counts from the moment it is made. */
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { Button } from '#app/_ui/button.tsx';
import { useBuilder } from '../_builder/builder-context.tsx';
import { TriggerDialog } from './trigger-dialog.tsx';
import { TriggerItem } from './trigger-item.tsx';

export function TriggerSection() {
  const t = useTranslations('triggers');
  const api = useApi();
  const { sequence, mayEdit } = useBuilder();
  const triggers = useQuery(api.triggers.list.queryOptions({ sequenceId: sequence.id, limit: 100 }));
  const items = triggers.data?.items ?? [];
  return (
    <section className="flex flex-col gap-3">
      <div>
        <h3 className="font-medium">{t('title')}</h3>
        <p className="text-muted text-xs">{t('hint')}</p>
      </div>
      {triggers.isError && (
        <p role="alert" className="flex flex-wrap items-center gap-2 text-danger-text">
          {t('loadFailed')}
          <Button size="sm" onClick={() => void triggers.refetch()}>
            {t('retry')}
          </Button>
        </p>
      )}
      {triggers.isSuccess && items.length === 0 && <p className="text-muted">{t('none')}</p>}
      {items.length > 0 && (
        <ul className="flex flex-col divide-y divide-line rounded-md border border-line">
          {items.map((trigger) => (
            <TriggerItem key={trigger.id} trigger={trigger} />
          ))}
        </ul>
      )}
      {mayEdit && sequence.status !== 'archived' && (
        <TriggerDialog
          trigger={
            <Button className="self-start">
              <Plus aria-hidden="true" />
              {t('add')}
            </Button>
          }
        />
      )}
    </section>
  );
}
