'use client';
/** Records what a contact said about messages on one channel. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { useReaderTime } from '#app/_ui/reader-time.tsx';
import { Select } from '#app/_ui/select.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import type { ChannelKind } from '#server/channels/channel.ts';
import { type ConsentStatus, consentStatuses } from '#server/domain/contact/consent.ts';
import { DAY_MS } from '#server/domain/time/offsets.ts';
import { dateOfDay, dayOfDate, dayOfWall, instantOfWall, wallAt } from '#server/domain/time/wall-clock.ts';

const channels = ['smtp', 'sandbox'] as const satisfies readonly ChannelKind[];

export function ConsentDialog({ contactId, onClose }: { contactId: string; onClose: () => void }) {
  const t = useTranslations('privacy');
  const api = useApi();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const reader = useReaderTime();
  const today = dateOfDay(dayOfWall(wallAt(reader.now.getTime(), reader.zone)));
  const [channelKind, setChannelKind] = useState<(typeof channels)[number]>('smtp');
  const [status, setStatus] = useState<ConsentStatus>('given');
  const [source, setSource] = useState('');
  const [on, setOn] = useState(today);
  const [isMissing, setMissing] = useState(false);
  const record = useMutation(api.contacts.setConsent.mutationOptions({ onError: (error) => void toast.error(errorText(error)) }));
  const confirm = async () => {
    setMissing(source.trim() === '');
    if (source.trim() === '') throw new Error('no source');
    const at = new Date(instantOfWall(dayOfDate(on) * DAY_MS, reader.zone).at).toISOString();
    await record.mutateAsync({ id: contactId, channelKind, status, source, ...(on !== today && { at }) });
    toast.success(t('recorded'));
    for (const family of [api.contacts, api.enrolments]) await queries.invalidateQueries({ queryKey: family.pathKey() });
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('record')}
      description={t('recordText')}
      confirmLabel={t('save')}
      onConfirm={confirm}
    >
      <Field label={t('channel')}>
        <Select
          options={channels.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          value={channelKind}
          onValueChange={setChannelKind}
        />
      </Field>
      <Field label={t('status')}>
        <Select
          options={consentStatuses.map((value) => ({ value, label: t(`statuses.${value}`) }))}
          value={status}
          onValueChange={setStatus}
        />
      </Field>
      <Field label={t('source')} hint={t('sourceHint')} error={isMissing ? t('sourceMissing') : undefined}>
        <Input maxLength={200} value={source} onValueChange={setSource} />
      </Field>
      <Field label={t('on')}>
        <Input
          type="date"
          className="w-40"
          max={today}
          value={on}
          onChange={(event) => {
            const next = event.currentTarget.value;
            if (/^\d{4}-\d{2}-\d{2}$/.test(next)) setOn(next);
          }}
        />
      </Field>
    </ConfirmDialog>
  );
}
