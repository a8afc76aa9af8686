'use client';
/** Sets up an e-mail account, in the order one knows things: whose server, how one signs in, who writes. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';
import { Sheet } from '#app/_ui/sheet.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import { capFields, type AccountForm, formOf, inputOf, type ProviderKey, problemsOf, providers, refusedFields } from './account-form.ts';
import type { Account } from './channel-list.tsx';

interface AccountSheetProps {
  account: Account | null;
  onClose: () => void;
  onSaved: (account: Account) => void;
}

export function AccountSheet({ account, onClose, onSaved }: AccountSheetProps) {
  const t = useTranslations('channels');
  const tCommon = useTranslations('common');
  const api = useApi();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const formId = useId();
  const [form, setForm] = useState(() => formOf(account));
  const [tried, setTried] = useState(false);
  const saved = {
    onSuccess: async (result: Account) => {
      toast.success(t(account ? 'done.saved' : 'done.created'));
      await queries.invalidateQueries(api.channels.pathFilter());
      onSaved(result);
    },
  };
  const create = useMutation(api.channels.create.mutationOptions(saved));
  const update = useMutation(api.channels.update.mutationOptions(saved));
  const error = create.error ?? update.error;
  const wrong = new Set([...(tried ? problemsOf(form) : []), ...refusedFields(error)]);
  const set = (change: Partial<AccountForm>) => {
    setForm((before) => ({ ...before, ...change }));
    create.reset();
    update.reset();
  };
  const chooseProvider = (provider: ProviderKey) => set({ provider, ...(provider === 'other' ? {} : providers[provider]) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (problemsOf(form).size > 0) return;
    if (account) update.mutate({ id: account.id, ...inputOf(form) });
    else create.mutate({ kind: 'smtp', ...inputOf(form) });
  };
  const field = (
    key: Exclude<keyof AccountForm, 'provider' | 'security'>,
    more: { hint?: string; optional?: boolean; type?: string; className?: string } = {},
  ) => (
    <Field
      label={t(`fields.${key}`)}
      hint={more.hint}
      optionalLabel={more.optional ? tCommon('optional') : undefined}
      error={wrong.has(key) ? t(`invalid.${key}`) : undefined}
      className={more.className}
    >
      <Input
        type={more.type ?? 'text'}
        inputMode={key === 'port' || key.startsWith('cap') ? 'numeric' : key === 'ratePerSecond' ? 'decimal' : undefined}
        autoComplete={key === 'password' ? 'new-password' : 'off'}
        value={form[key]}
        onValueChange={(value) => set({ [key]: value })}
      />
    </Field>
  );
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(account ? 'editTitle' : 'addTitle')}
      description={t('sheetDescription')}
      footer={
        <>
          <Button onClick={onClose}>{tCommon('cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" busy={create.isPending || update.isPending}>
            {t('saveAndTest')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-7">
        {field('name', { hint: t('hints.name') })}
        <Group title={t('groups.server')}>
          <Field label={t('fields.provider')}>
            <Select
              value={form.provider}
              onValueChange={chooseProvider}
              options={(Object.keys(providers) as ProviderKey[]).map((value) => ({ value, label: t(`providers.${value}`) }))}
            />
          </Field>
          <div className="grid grid-cols-[minmax(0,1fr)_6rem] gap-3">
            {field('host')}
            {field('port')}
          </div>
          <Field label={t('fields.security')} hint={t(`securityHints.${form.security}`)}>
            <Select
              value={form.security}
              onValueChange={(security) => set({ security })}
              options={(['starttls', 'tls', 'none'] as const).map((value) => ({ value, label: t(`security.${value}`) }))}
            />
          </Field>
        </Group>
        <Group title={t('groups.signIn')}>
          {field('user', { optional: true, hint: t('hints.user') })}
          {field('password', {
            type: 'password',
            hint: account?.hasSecret ? t('hints.passwordKept') : t(`hints.password.${form.provider}`),
          })}
        </Group>
        <Group title={t('groups.sender')}>
          {field('fromName', { hint: t('hints.fromName') })}
          {field('fromAddress', { type: 'email' })}
          {field('replyTo', { type: 'email', optional: true })}
          {field('ratePerSecond', { hint: t('hints.ratePerSecond'), className: 'max-w-48' })}
        </Group>
        <Group title={t('groups.caps')}>
          <p className="text-muted text-xs">{t('hints.caps')}</p>
          <div className="grid gap-3 sm:grid-cols-3">
            {capFields.map((key) => (
              <div key={key}>{field(key, { optional: true })}</div>
            ))}
          </div>
        </Group>
        {error && refusedFields(error).size === 0 && (
          <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-danger-text">
            {errorText(error)}
          </p>
        )}
      </form>
    </Sheet>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  const titleId = useId();
  return (
    <div role="group" aria-labelledby={titleId} className="flex min-w-0 flex-col gap-4 border-line border-t pt-5">
      <h3 id={titleId} className="font-medium text-base">
        {title}
      </h3>
      {children}
    </div>
  );
}
