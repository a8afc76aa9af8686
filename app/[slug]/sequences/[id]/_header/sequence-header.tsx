'use client';
/** The head of a sequence's pages. */
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { Link } from '#app/_ui/link.tsx';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { NavTabs } from '#app/_ui/nav-tabs.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { rounded } from '#server/domain/rough-count.ts';
import { SequenceStatusBadge } from '../../_actions/sequence-status-badge.tsx';
import type { SequenceDetail } from '../_builder/builder-context.tsx';
import { SequenceActions } from './sequence-actions.tsx';

interface SequenceHeaderProps {
  slug: string;
  sequence: SequenceDetail;
  mayEdit: boolean;
}

export function SequenceHeader({ slug, sequence: loaded, mayEdit }: SequenceHeaderProps) {
  const t = useTranslations('sequences');
  const api = useApi();
  const sequence = useQuery(api.sequences.get.queryOptions({ id: loaded.id }, { initialData: loaded })).data;
  const inAll = sequence.waiting.reduce((sum, step) => sum + step.count, 0);
  const active = { activeCount: sequence.waitingIsExact ? inAll : rounded(inAll, 2), activeIsExact: sequence.waitingIsExact };
  const path = `/${slug}/sequences/${sequence.id}`;
  return (
    <PageHeader
      back={
        <Link href={`/${slug}/sequences`} className="inline-flex items-center gap-1.5 rounded-md hover:text-ink">
          <ArrowLeft className="size-4" aria-hidden="true" />
          {t('back')}
        </Link>
      }
      title={sequence.name}
      badge={<SequenceStatusBadge status={sequence.status} />}
      actions={mayEdit && <SequenceActions slug={slug} sequence={{ ...sequence, ...active }} />}
      tabs={
        <NavTabs
          label={t('tabs.label')}
          tabs={[
            { href: path, label: t('tabs.plan') },
            { href: `${path}/people`, label: t('tabs.people') },
            { href: `${path}/results`, label: t('tabs.results') },
          ]}
        />
      }
    />
  );
}
