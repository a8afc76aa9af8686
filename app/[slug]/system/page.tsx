/** How the system is doing, for admins: workers, queues, the oldest delay. */
import { getTranslations } from 'next-intl/server';
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { ForbiddenState } from '#app/_ui/list-state.tsx';
import { Page } from '#app/_ui/page.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { roleAtLeast } from '#server/domain/roles.ts';
import { SystemStatus } from './system-status.tsx';

export default async function SystemPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const [{ role }, t] = await Promise.all([requireMember(slug), getTranslations('system')]);
  return (
    <Page>
      <PageHeader title={t('title')} description={t('description')} />
      {roleAtLeast(role, 'admin') ? <SystemStatus initial={await loadSystem(slug)} /> : <ForbiddenState />}
    </Page>
  );
}

async function loadSystem(slug: string) {
  const api = await serverApi(slug);
  const [health, workers, queues] = await Promise.all([api.system.health({}), api.system.workers({}), api.system.queues({})]);
  return { health, workers, queues };
}
