'use client';
/** Tries an account: the connection as soon as it opens, and a message to an address when asked. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useChannelProblemText } from '#app/_api/channel-problem-text.ts';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Spinner } from '#app/_ui/spinner.tsx';
import type { Account } from './channel-list.tsx';

export function TestDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const t = useTranslations('channels');
  const api = useApi();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const problemText = useChannelProblemText();
  const [address, setAddress] = useState('');
  const refresh = { onSettled: () => queries.invalidateQueries(api.channels.pathFilter()) };
  const connection = useMutation(api.channels.test.mutationOptions(refresh));
  const sending = useMutation(api.channels.test.mutationOptions(refresh));
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    connection.mutate({ id: account.id });
  }, [connection, account.id]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (address.trim().length < 3) return;
    sending.mutate({
      id: account.id,
      address: address.trim(),
      subject: t('testMessage.subject'),
      body: t('testMessage.body', { name: account.name }),
    });
  };
  const sent = sending.data?.sent;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('testTitle', { name: account.name })}
      description={t('testDescription')}
      footer={<Button onClick={onClose}>{t('close')}</Button>}
    >
      <div className="flex flex-col gap-5">
        <div aria-live="polite">
          {connection.isPending || connection.isIdle ? (
            <span className="flex items-center gap-2 text-muted">
              <Spinner />
              {t('connecting')}
            </span>
          ) : connection.error ? (
            <Verdict ok={false}>{errorText(connection.error)}</Verdict>
          ) : connection.data?.problem ? (
            <Verdict ok={false}>{problemText(connection.data.problem.code)}</Verdict>
          ) : (
            <Verdict ok>{t('connected')}</Verdict>
          )}
        </div>
        <form onSubmit={send} className="flex flex-col gap-3">
          <Field label={account.kind === 'smtp' ? t('testTo') : t('testToSandbox')}>
            <Input
              type={account.kind === 'smtp' ? 'email' : 'text'}
              autoComplete="off"
              value={address}
              onValueChange={setAddress}
              placeholder={account.kind === 'smtp' ? 'nome@exemplo.com' : '+55 11 90000-0001'}
            />
          </Field>
          <Button type="submit" busy={sending.isPending} disabled={address.trim().length < 3} className="self-start">
            {t('sendTest')}
          </Button>
          <div aria-live="polite">
            {sending.error && <Verdict ok={false}>{errorText(sending.error)}</Verdict>}
            {sending.data?.problem && <Verdict ok={false}>{problemText(sending.data.problem.code)}</Verdict>}
            {sent?.kind === 'accepted' && <Verdict ok>{t('sent.accepted')}</Verdict>}
            {sent && sent.kind !== 'accepted' && <Verdict ok={false}>{t(`sent.${sent.kind}`, { code: sent.code })}</Verdict>}
          </div>
        </form>
      </div>
    </Dialog>
  );
}

function Verdict({ ok, children }: { ok: boolean; children: ReactNode }) {
  const Icon = ok ? CircleCheck : CircleAlert;
  return (
    <p className={ok ? 'flex items-start gap-2 text-sent' : 'flex items-start gap-2 text-failed'}>
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      {children}
    </p>
  );
}
