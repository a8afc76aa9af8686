'use client';
/** Everything that can be done with a sequence from where it is listed or open. */
import { useMutation } from '@tanstack/react-query';
import { Archive, Copy, Ellipsis, Pause, Pencil, Play } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { IconButton } from '#app/_ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#app/_ui/menu.tsx';
import { RenameSequenceDialog } from './rename-sequence-dialog.tsx';
import { type RunAct, RunDialog } from './run-dialogs.tsx';
import type { SequenceStatus } from './sequence-status-badge.tsx';
import { useSequenceAction } from './use-sequence-action.ts';

export interface MenuSequence {
  id: string;
  name: string;
  status: SequenceStatus;
  activeCount: number;
  activeIsExact: boolean;
}

export function SequenceMenu({ slug, sequence }: { slug: string; sequence: MenuSequence }) {
  const t = useTranslations('sequences');
  const api = useApi();
  const router = useRouter();
  const { done, failed } = useSequenceAction();
  const [renaming, setRenaming] = useState(false);
  const [act, setAct] = useState<RunAct | null>(null);
  const { status } = sequence;
  const duplicate = useMutation(
    api.sequences.duplicate.mutationOptions({
      onError: failed,
      onSuccess: async ({ id }) => {
        await done(t('actions.duplicated'));
        router.push(`/${slug}/sequences/${id}`);
      },
    }),
  );
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t('list.actions', { name: sequence.name })}>
            <Ellipsis aria-hidden="true" />
          </IconButton>
        }
      >
        {status === 'running' && (
          <MenuItem icon={<Pause aria-hidden="true" />} onSelect={() => setAct('pause')}>
            {t('actions.pause')}
          </MenuItem>
        )}
        {status === 'paused' && (
          <MenuItem icon={<Play aria-hidden="true" />} onSelect={() => setAct('resume')}>
            {t('actions.resume')}
          </MenuItem>
        )}
        <MenuItem icon={<Pencil aria-hidden="true" />} onSelect={() => setRenaming(true)}>
          {t('actions.rename')}
        </MenuItem>
        <MenuItem icon={<Copy aria-hidden="true" />} onSelect={() => duplicate.mutate({ id: sequence.id })}>
          {t('actions.duplicate')}
        </MenuItem>
        {status !== 'archived' && (
          <>
            <MenuSeparator />
            <MenuItem icon={<Archive aria-hidden="true" />} destructive onSelect={() => setAct('archive')}>
              {t('actions.archive')}
            </MenuItem>
          </>
        )}
      </Menu>
      {act && <RunDialog act={act} sequence={sequence} onClose={() => setAct(null)} />}
      {renaming && <RenameSequenceDialog sequence={sequence} onClose={() => setRenaming(false)} />}
    </>
  );
}
