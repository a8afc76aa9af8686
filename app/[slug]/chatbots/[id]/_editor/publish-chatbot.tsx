'use client';
/** Publishing: what keeps it from being done, each problem leading to its block; else one question. */
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { FlowProblem } from '#server/domain/chatbot/validate-flow.ts';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import { useProblemText } from './use-problem-text.ts';

interface PublishChatbotProps {
  id: string;
  draftRevision: number;
  liveVersion: number | null;
  /** Nothing to publish, or not saved yet. */
  disabled: boolean;
  problems: readonly FlowProblem[];
  nameOf: (blockKey: string) => string;
  onShow: (blockKey: string) => void;
  onPublished: (version: number) => void;
}

export function PublishChatbot(props: PublishChatbotProps) {
  const { id, draftRevision, liveVersion, disabled, problems, nameOf, onShow, onPublished } = props;
  const t = useTranslations('chatbots.publish');
  const api = useApi();
  const errorText = useErrorText();
  const problemText = useProblemText();
  const [open, setOpen] = useState(false);
  const publish = useMutation(api.chatbots.publish.mutationOptions());
  const confirm = async () => {
    try {
      const { version } = await publish.mutateAsync({ id, draftRevision });
      onPublished(version);
      toast.success(t('done'));
    } catch (error) {
      toast.error(errorText(error));
      throw error;
    }
  };
  const show = (key: string) => {
    setOpen(false);
    onShow(key);
  };
  return (
    <>
      <Button variant="primary" disabled={disabled} onClick={() => setOpen(true)}>
        {t('action')}
      </Button>
      {problems.length > 0 ? (
        <Dialog open={open} onOpenChange={setOpen} title={t('blocked')} description={t('blockedDescription', { count: problems.length })}>
          <ul className="flex flex-col divide-y divide-line border-line border-y">
            {problems.map((problem, index) => (
              <li key={`${problem.blockKey}-${problem.code}-${index}`} className="py-2.5">
                {problem.blockKey === null ? (
                  problemText(problem)
                ) : (
                  <button
                    type="button"
                    className="w-full rounded-md text-left hover:underline"
                    onClick={() => problem.blockKey && show(problem.blockKey)}
                  >
                    <span className="block text-muted text-xs">{nameOf(problem.blockKey)}</span>
                    <span className="block break-words">{problemText(problem)}</span>
                  </button>
                )}
              </li>
            ))}
          </ul>
        </Dialog>
      ) : (
        <ConfirmDialog
          open={open}
          onOpenChange={setOpen}
          title={t('title', { version: (liveVersion ?? 0) + 1 })}
          description={t('description')}
          confirmLabel={t('action')}
          onConfirm={confirm}
        />
      )}
    </>
  );
}
