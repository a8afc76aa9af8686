'use client';
/** What is done with an open sequence: people come in, it stops, it goes on. */
import { Pause, Play, UserRoundPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { type RunAct, RunDialog } from '../../_actions/run-dialogs.tsx';
import { type MenuSequence, SequenceMenu } from '../../_actions/sequence-menu.tsx';
import { PickContactsDialog } from './pick-contacts-dialog.tsx';

interface SequenceActionsProps {
  slug: string;
  sequence: MenuSequence & { liveVersion: number | null };
}

export function SequenceActions({ slug, sequence }: SequenceActionsProps) {
  const t = useTranslations('sequences.actions');
  const [act, setAct] = useState<RunAct | null>(null);
  const [picking, setPicking] = useState(false);
  const live = sequence.liveVersion !== null && sequence.status !== 'archived';
  return (
    <>
      {sequence.status === 'running' && (
        <Button onClick={() => setAct('pause')}>
          <Pause aria-hidden="true" />
          {t('pause')}
        </Button>
      )}
      {sequence.status === 'paused' && (
        <Button onClick={() => setAct('resume')}>
          <Play aria-hidden="true" />
          {t('resume')}
        </Button>
      )}
      {live && (
        <Button onClick={() => setPicking(true)}>
          <UserRoundPlus aria-hidden="true" />
          {t('enrol')}
        </Button>
      )}
      <SequenceMenu slug={slug} sequence={sequence} />
      {act && <RunDialog act={act} sequence={sequence} onClose={() => setAct(null)} />}
      {picking && <PickContactsDialog slug={slug} sequence={sequence} onClose={() => setPicking(false)} />}
    </>
  );
}
