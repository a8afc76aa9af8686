'use client';
/** The editor of a chatbot: its blocks on the beat line, and beside them a chat to try them in. */
import { useMutation } from '@tanstack/react-query';
import { ChevronLeft, Ellipsis } from 'lucide-react';
import { Link } from '#app/_ui/link.tsx';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#server/api/root.ts';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { IconButton } from '#app/_ui/icon-button.tsx';
import { Menu, MenuItem } from '#app/_ui/menu.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import { ChatbotStatus } from '../../chatbot-status.tsx';
import { DeleteChatbot } from '../../delete-chatbot.tsx';
import { NameDialog } from '../../name-dialog.tsx';
import { BlockList } from './block-list.tsx';
import { PublishChatbot } from './publish-chatbot.tsx';
import { SaveStatus } from './save-status.tsx';
import { TestChat } from './test-chat.tsx';
import { useBlockName } from './use-block-name.ts';
import { useDraft } from './use-draft.ts';

type Outputs = inferRouterOutputs<AppRouter>;
export type ContactField = Pick<Outputs['contacts']['fields']['items'][number], 'key' | 'label' | 'kind'>;

interface ChatbotEditorProps {
  slug: string;
  chatbot: Outputs['chatbots']['get'];
  fields: readonly ContactField[];
  canEdit: boolean;
}

export function ChatbotEditor({ slug, chatbot, fields, canEdit }: ChatbotEditorProps) {
  const t = useTranslations('chatbots');
  const common = useTranslations('common');
  const api = useApi();
  const router = useRouter();
  const errorText = useErrorText();
  const draft = useDraft(chatbot);
  const blockName = useBlockName(draft.flow);
  const [name, setName] = useState(chatbot.name);
  const [liveVersion, setLiveVersion] = useState(chatbot.liveVersion);
  const [liveRevision, setLiveRevision] = useState(chatbot.changed ? null : chatbot.draftRevision);
  const [openKey, setOpenKey] = useState<string | null>(null);
  const [dialog, setDialog] = useState<'rename' | 'delete' | null>(null);
  const rename = useMutation(api.chatbots.saveDraft.mutationOptions());
  const changed = liveRevision !== draft.revision || draft.state !== 'saved';

  const saveName = async (next: string) => {
    const { draftRevision } = await rename.mutateAsync({ id: chatbot.id, name: next, flow: draft.flow, draftRevision: draft.revision });
    if (liveRevision === draft.revision) setLiveRevision(draftRevision);
    draft.follow(draftRevision);
    setName(next);
    setDialog(null);
    toast.success(t('rename.done'));
  };
  const show = (key: string) => {
    setOpenKey(key);
    setTimeout(() => {
      document.getElementById(`block-${key}`)?.scrollIntoView({ block: 'center' });
      document.getElementById(`block-head-${key}`)?.focus();
    }, 50);
  };
  const nameOf = (key: string) => {
    const block = draft.flow.blocks.find((each) => each.key === key);
    return block ? blockName(block) : key;
  };

  return (
    <>
      <PageHeader
        back={
          <Link href={`/${slug}/chatbots`} className="inline-flex items-center gap-1 rounded-md text-xs hover:text-ink">
            <ChevronLeft aria-hidden="true" className="size-3.5" />
            {t('back')}
          </Link>
        }
        title={<span className="break-words">{name}</span>}
        badge={<ChatbotStatus liveVersion={liveVersion} changed={changed} />}
        description={canEdit ? undefined : t('editor.readOnly')}
        actions={
          canEdit && (
            <>
              <SaveStatus state={draft.state} errorText={errorText(draft.error)} onRetry={draft.retry} />
              <Menu
                trigger={
                  <IconButton label={t('actions.menu', { name })} variant="secondary" size="md">
                    <Ellipsis aria-hidden="true" />
                  </IconButton>
                }
              >
                <MenuItem onSelect={() => setDialog('rename')}>{t('actions.rename')}</MenuItem>
                <MenuItem destructive onSelect={() => setDialog('delete')}>
                  {t('actions.delete')}
                </MenuItem>
              </Menu>
              <PublishChatbot
                id={chatbot.id}
                draftRevision={draft.revision}
                liveVersion={liveVersion}
                disabled={draft.state !== 'saved' || !changed}
                problems={draft.problems}
                nameOf={nameOf}
                onShow={show}
                onPublished={(version) => {
                  setLiveVersion(version);
                  setLiveRevision(draft.revision);
                }}
              />
            </>
          )
        }
      />
      {draft.state === 'conflict' && (
        <div role="alert" className="mb-6 flex flex-wrap items-center justify-between gap-3 rounded-md bg-waiting-soft px-4 py-3">
          <p>{t('editor.conflict')}</p>
          <div className="flex flex-wrap gap-2">
            <Button size="sm" onClick={draft.takeTheirs}>
              {t('editor.loadNewer')}
            </Button>
            <Button size="sm" onClick={draft.keepMine}>
              {t('editor.keepMine')}
            </Button>
          </div>
        </div>
      )}
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <section aria-label={t('editor.flow')} className="min-w-0">
          <BlockList
            flow={draft.flow}
            fields={fields}
            problems={draft.problems}
            canEdit={canEdit}
            openKey={openKey}
            onOpen={setOpenKey}
            onChange={draft.change}
          />
        </section>
        <div className="min-w-0 lg:sticky lg:top-6">
          <TestChat flow={draft.flow} fields={fields} />
        </div>
      </div>
      {dialog === 'rename' && (
        <NameDialog
          open
          onOpenChange={() => setDialog(null)}
          title={t('rename.title')}
          label={t('new.name')}
          initial={name}
          submitLabel={common('save')}
          busy={rename.isPending || draft.state === 'saving'}
          error={rename.isError ? errorText(rename.error) : null}
          onSubmit={(next) => void saveName(next).catch(() => undefined)}
        />
      )}
      {dialog === 'delete' && (
        <DeleteChatbot
          chatbot={{ id: chatbot.id, name, openSessions: chatbot.openSessions }}
          onClose={() => setDialog(null)}
          onDeleted={() => router.push(`/${slug}/chatbots`)}
        />
      )}
    </>
  );
}
