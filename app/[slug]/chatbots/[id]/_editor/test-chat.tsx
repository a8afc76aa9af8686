'use client';
/** The live test chat: talks with the draft exactly as a contact would, without storing or sending anything. */
import { useMutation } from '@tanstack/react-query';
import { RotateCcw, SendHorizontal } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#server/api/root.ts';
import type { Flow } from '#server/domain/chatbot/flow.ts';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { IconButton } from '#app/_ui/icon-button.tsx';
import { Input } from '#app/_ui/input.tsx';
import type { ContactField } from './chatbot-editor.tsx';
import { ChatLog, type ChatLine } from './chat-log.tsx';
import { ChatResult } from './chat-result.tsx';

type Turn = inferRouterOutputs<AppRouter>['chatbots']['tryOut'];

export function TestChat({ flow, fields }: { flow: Flow; fields: readonly ContactField[] }) {
  const t = useTranslations('chatbots.test');
  const api = useApi();
  const errorText = useErrorText();
  const tryOut = useMutation(api.chatbots.tryOut.mutationOptions());
  const [lines, setLines] = useState<readonly ChatLine[]>([]);
  const [turn, setTurn] = useState<Turn | null>(null);
  const [begunWith, setBegunWith] = useState(flow);
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const isEmpty = flow.blocks.length === 0;

  const take = (result: Turn, before: readonly ChatLine[]) => {
    setTurn(result);
    setLines([
      ...before,
      ...result.unsaid.map((each) => ({ from: 'note' as const, text: t('unsaid', { missing: each.missing.join(', ') || each.blockKey }) })),
      ...result.messages.map((message) => ({ from: 'bot' as const, text: message.text, options: message.options })),
    ]);
  };
  const start = async () => {
    setBegunWith(flow);
    setTurn(null);
    setLines([]);
    if (!isEmpty) take(await tryOut.mutateAsync({ flow }), []);
  };
  const answer = async (said: string) => {
    if (!turn || turn.outcome !== null || tryOut.isPending) return;
    const before = [...lines.map((line) => ({ ...line, options: null })), { from: 'me' as const, text: said }];
    setLines(before);
    setText('');
    input.current?.focus();
    take(await tryOut.mutateAsync({ flow, state: turn.state, text: said }), before);
  };
  const quietly = (work: Promise<void>) => void work.catch(() => undefined);

  const begin = useEffectEvent(() => quietly(start()));
  useEffect(() => begin(), []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') quietly(answer(text));
  };
  const waiting = turn !== null && turn.outcome === null;
  return (
    <section aria-labelledby="test-chat-title" className="flex flex-col rounded-md border border-line bg-raised">
      <header className="flex items-start gap-2 border-line border-b py-3 pr-2 pl-4">
        <div className="min-w-0 flex-1">
          <h2 id="test-chat-title" className="font-medium text-base">
            {t('title')}
          </h2>
          <p className="text-muted text-xs">{t('description')}</p>
        </div>
        <IconButton label={t('restart')} disabled={isEmpty || tryOut.isPending} onClick={() => quietly(start())}>
          <RotateCcw aria-hidden="true" />
        </IconButton>
      </header>
      <ChatLog lines={lines} busy={tryOut.isPending} onChoose={(option) => quietly(answer(option))}>
        {isEmpty ? t('empty') : <Button onClick={() => quietly(start())}>{t('start')}</Button>}
      </ChatLog>
      {tryOut.isError && (
        <p role="alert" className="px-4 pb-2 text-danger-text text-xs">
          {errorText(tryOut.error)}
        </p>
      )}
      {begunWith !== flow && turn !== null && (
        <div className="flex flex-wrap items-center justify-between gap-2 border-line border-t bg-sunken px-4 py-2 text-xs">
          <span>{t('changed')}</span>
          <Button size="sm" onClick={() => quietly(start())}>
            {t('restart')}
          </Button>
        </div>
      )}
      <form onSubmit={submit} className="flex gap-2 border-line border-t p-3">
        <Input
          ref={input}
          aria-label={t('answer')}
          placeholder={t('answer')}
          value={text}
          onValueChange={setText}
          disabled={!waiting}
          maxLength={2_000}
          autoComplete="off"
        />
        <Button type="submit" disabled={!waiting || text.trim() === ''} aria-label={t('send')} className="w-9 px-0">
          <SendHorizontal aria-hidden="true" />
        </Button>
      </form>
      {turn && <ChatResult outcome={turn.outcome} values={turn.fields} fields={fields} />}
    </section>
  );
}
