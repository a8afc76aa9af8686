/** An address that leads nowhere. */
import { useTranslations } from 'next-intl';
import { EmptyState } from './_ui/list-state.tsx';
import { LinkButton } from './_ui/link-button.tsx';

export default function NotFoundPage() {
  const t = useTranslations('shell.notFound');
  return (
    <main className="flex min-h-[70dvh] items-center justify-center">
      <EmptyState title={<h1>{t('title')}</h1>} action={<LinkButton href="/">{t('home')}</LinkButton>}>
        {t('description')}
      </EmptyState>
    </main>
  );
}
