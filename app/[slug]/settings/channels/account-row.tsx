'use client';
/** One account: what it is, how it does, and what can be done with it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, Mail, Pause, Pencil, Play, Smartphone, Trash2, Zap } from 'lucide-react';
import { Link } from '#app/_ui/link.tsx';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useChannelProblemText } from '#app/_api/channel-problem-text.ts';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { StatusBadge } from '#app/_ui/badge.tsx';
import { IconButton } from '#app/_ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#app/_ui/menu.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import type { Account } from './channel-list.tsx';
import { DeleteAccount } from './delete-account.tsx';

interface AccountRowProps {
  slug: string;
  account: Account;
  isAdmin: boolean;
  mayPause: boolean;
  onEdit: () => void;
  onTest: () => void;
}

const toneOf = { active: 'sent', paused: 'held', failing: 'failed' } as const;

export function AccountRow({ slug, account, isAdmin, mayPause, onEdit, onTest }: AccountRowProps) {
  const t = useTranslations('channels');
  const api = useApi();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const problemText = useChannelProblemText();
  const [deleting, setDeleting] = useState(false);
  const settled = (word: 'paused' | 'resumed') => ({
    onSuccess: async () => {
      toast.success(t(`done.${word}`));
      await queries.invalidateQueries(api.channels.pathFilter());
    },
    onError: (error: unknown) => toast.error(errorText(error)),
  });
  const pause = useMutation(api.channels.pause.mutationOptions(settled('paused')));
  const resume = useMutation(api.channels.resume.mutationOptions(settled('resumed')));
  const Icon = account.kind === 'smtp' ? Mail : Smartphone;
  return (
    <li className="flex items-start gap-3 border-line border-b py-4">
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h3 className="min-w-0 truncate font-medium">{account.name}</h3>
          <StatusBadge tone={toneOf[account.status]}>{t(`status.${account.status}`)}</StatusBadge>
        </div>
        <p className="mt-0.5 text-muted [overflow-wrap:anywhere]">{describe(account, t('sandboxKind'))}</p>
        {account.lastError && <p className="mt-1 text-failed">{problemText(account.lastError)}</p>}
        <Health accountId={account.id} />
        {account.kind === 'sandbox' && (
          <Link href={`/${slug}/sandbox`} className="mt-1 inline-block rounded-md text-accent-text underline-offset-4 hover:underline">
            {t('openSandbox')}
          </Link>
        )}
      </div>
      {mayPause && (
        <Menu
          trigger={
            <IconButton label={t('actionsOf', { name: account.name })}>
              <Ellipsis aria-hidden="true" />
            </IconButton>
          }
        >
          {isAdmin && (
            <MenuItem icon={<Zap aria-hidden="true" />} onSelect={onTest}>
              {t('test')}
            </MenuItem>
          )}
          {isAdmin && account.kind === 'smtp' && (
            <MenuItem icon={<Pencil aria-hidden="true" />} onSelect={onEdit}>
              {t('edit')}
            </MenuItem>
          )}
          {account.status === 'paused' ? (
            <MenuItem icon={<Play aria-hidden="true" />} onSelect={() => resume.mutate({ id: account.id })}>
              {t('resume')}
            </MenuItem>
          ) : (
            <MenuItem icon={<Pause aria-hidden="true" />} onSelect={() => pause.mutate({ id: account.id })}>
              {t('pause')}
            </MenuItem>
          )}
          {isAdmin && (
            <>
              <MenuSeparator />
              <MenuItem destructive icon={<Trash2 aria-hidden="true" />} onSelect={() => setDeleting(true)}>
                {t('delete')}
              </MenuItem>
            </>
          )}
        </Menu>
      )}
      <DeleteAccount slug={slug} account={account} open={deleting} onOpenChange={setDeleting} />
    </li>
  );
}

function Health({ accountId }: { accountId: string }) {
  const t = useTranslations('channels');
  const api = useApi();
  const { data } = useQuery(api.channels.health.queryOptions({ id: accountId }, { refetchInterval: 15_000 }));
  if (!data) return <p className="mt-1 text-muted text-xs">{t('health.loading')}</p>;
  const parts = [
    t('health.accepted', { count: data.acceptedLastDay }),
    data.failedLastDay > 0 && t('health.failed', { count: data.failedLastDay }),
    data.queued > 0 && t('health.queued', { count: data.queued }),
    data.unknown > 0 && t('health.unknown', { count: data.unknown }),
  ];
  return <p className="mt-1 text-muted text-xs">{parts.filter(Boolean).join(' · ')}</p>;
}

function describe({ kind, config }: Account, sandboxKind: string): string {
  if (kind === 'sandbox') return sandboxKind;
  const { fromName, fromAddress, host, port } = config as { fromName?: string; fromAddress?: string; host?: string; port?: number };
  const from = fromName ? `${fromName} <${fromAddress}>` : (fromAddress ?? '');
  return `${from} · ${host}:${port}`;
}
