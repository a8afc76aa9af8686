/** An address inside a workspace that leads nowhere; the navigation stays. */
import { useTranslations } from 'next-intl';
import { EmptyState } from '#app/_ui/list-state.tsx';
import { LinkButton } from '#app/_ui/link-button.tsx';

export default function NotFoundPage() {
  const t = useTranslations('shell.notFound');
  return (
    <EmptyState title={<h1>{t('title')}</h1>} action={<LinkButton href="/">{t('home')}</LinkButton>}>
      {t('description')}
    </EmptyState>
  );
}
