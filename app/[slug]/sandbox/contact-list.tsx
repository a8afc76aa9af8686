'use client';
/** With whom something was said in the sandbox, the latest first; the search finds anybody who has an address. */
import { useTranslations } from 'next-intl';
import { cn } from '#app/_ui/class-names.ts';
import { DateTime } from '#app/_ui/date-time.tsx';
import { ErrorState } from '#app/_ui/list-state.tsx';
import { SearchInput } from '#app/_ui/search-input.tsx';
import type { SandboxContact } from './sandbox-view.tsx';

interface ContactListProps {
  items: readonly SandboxContact[];
  chosenId: string | null;
  search: string;
  failed: boolean;
  onSearch: (search: string) => void;
  onChoose: (id: string) => void;
  onRetry: () => void;
}

export function ContactList({ items, chosenId, search, failed, onSearch, onChoose, onRetry }: ContactListProps) {
  const t = useTranslations('sandbox');
  return (
    <>
      <div className="flex flex-col gap-3 border-line border-b px-4 pt-6 pb-4 md:pt-8">
        <h1 className="font-medium text-xl">{t('title')}</h1>
        <p className="text-muted">{t('description')}</p>
        <SearchInput label={t('search')} value={search} onSearch={onSearch} className="sm:w-full" />
      </div>
      {failed && items.length === 0 ? (
        <ErrorState onRetry={onRetry} />
      ) : (
        <ul className="min-h-0 flex-1 overflow-y-auto py-1">
          {items.map((contact) => (
            <li key={contact.id}>
              <button
                type="button"
                aria-current={contact.id === chosenId ? 'true' : undefined}
                onClick={() => onChoose(contact.id)}
                className={cn(
                  '-outline-offset-2 flex w-full flex-col gap-0.5 px-4 py-3 text-left transition-colors',
                  contact.id === chosenId ? 'bg-sunken' : 'hover:bg-sunken',
                )}
              >
                <span className="flex items-baseline justify-between gap-3">
                  <span className="min-w-0 truncate font-medium">{nameOf(contact)}</span>
                  {contact.lastAt && <DateTime at={contact.lastAt} style="date" className="shrink-0 text-muted text-xs" />}
                </span>
                <span className="truncate text-muted text-xs">{contact.lastText ?? t('nothingYet')}</span>
              </button>
            </li>
          ))}
          {items.length === 0 && search && <li className="px-4 py-6 text-center text-muted">{t('nobodyFound')}</li>}
        </ul>
      )}
    </>
  );
}

export function nameOf(contact: { name: string | null; phone: string | null; email: string | null }): string {
  return contact.name ?? contact.phone ?? contact.email ?? '—';
}
