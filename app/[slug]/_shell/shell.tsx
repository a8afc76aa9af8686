'use client';
/** The frame of a workspace: navigation beside the page on wide screens, below it on phones. */
import { Ellipsis } from 'lucide-react';
import { Link } from '#app/_ui/link.tsx';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { cn } from '#app/_ui/class-names.ts';
import { LinkWait } from '#app/_ui/link-wait.tsx';
import { LogoMark } from '#app/_ui/logo.tsx';
import { Menu, MenuLink } from '#app/_ui/menu.tsx';
import { isCurrent, navItems } from './nav-items.ts';
import { UserMenu, type Viewer } from './user-menu.tsx';

interface ShellProps {
  slug: string;
  workspaceName: string;
  viewer: Viewer;
  children: ReactNode;
}

export function Shell({ slug, workspaceName, viewer, children }: ShellProps) {
  const t = useTranslations('shell');
  const pathname = usePathname();
  const items = navItems.filter((item) => !item.adminOnly || viewer.role === 'admin' || viewer.role === 'owner');
  const barItems = items.slice(0, 4);
  const moreItems = items.slice(4);
  const moreIsCurrent = moreItems.some((item) => isCurrent(item, slug, pathname));
  return (
    <div className="flex min-h-dvh flex-col md:flex-row">
      <a
        href="#content"
        className="-top-16 fixed left-3 z-50 rounded-md bg-ink px-3 py-2 font-medium text-paper shadow-float transition-[top] focus:top-3"
      >
        {t('skipToContent')}
      </a>

      <aside aria-label={workspaceName} className="sticky top-0 hidden h-dvh w-58 shrink-0 flex-col border-line border-r md:flex">
        <Link href={`/${slug}`} className="m-3 flex items-center gap-2 rounded-md px-2 py-2 font-medium">
          <LogoMark className="size-6" />
          <span className="truncate">{workspaceName}</span>
        </Link>
        <nav aria-label={t('navigation')} className="flex-1 overflow-y-auto px-3">
          <ul className="flex flex-col gap-0.5">
            {items.map((item) => {
              const current = isCurrent(item, slug, pathname);
              return (
                <li key={item.key}>
                  <Link
                    href={`/${slug}${item.path}`}
                    aria-current={current ? 'page' : undefined}
                    className={cn(
                      'flex h-9 items-center gap-2.5 rounded-md px-2.5 transition-colors',
                      current ? 'bg-sunken font-medium text-ink' : 'text-muted hover:bg-sunken hover:text-ink',
                    )}
                  >
                    <item.icon className="size-4" aria-hidden="true" />
                    {t(`nav.${item.key}`)}
                    <LinkWait className="ml-auto" />
                  </Link>
                </li>
              );
            })}
          </ul>
        </nav>
        <div className="border-line border-t p-3">
          <UserMenu viewer={viewer} side="top" />
        </div>
      </aside>

      <header className="flex h-13 items-center justify-between gap-3 border-line border-b px-4 md:hidden">
        <Link href={`/${slug}`} className="flex min-w-0 items-center gap-2 rounded-md font-medium">
          <LogoMark className="size-5" />
          <span className="truncate">{workspaceName}</span>
        </Link>
        <UserMenu viewer={viewer} side="bottom" compact />
      </header>

      <main id="content" tabIndex={-1} className="min-w-0 flex-1 pb-20 outline-none md:pb-0">
        {children}
      </main>

      <nav
        aria-label={t('navigation')}
        className="fixed inset-x-0 bottom-0 z-30 grid grid-cols-5 border-line border-t bg-paper pb-[env(safe-area-inset-bottom)] md:hidden"
      >
        {barItems.map((item) => {
          const current = isCurrent(item, slug, pathname);
          return (
            <Link
              key={item.key}
              href={`/${slug}${item.path}`}
              aria-current={current ? 'page' : undefined}
              className={cn(barItemStyle, current ? 'font-medium text-ink' : 'text-muted')}
            >
              <item.icon className="size-5" aria-hidden="true" />
              <span className="max-w-full truncate">{t(`nav.${item.key}`)}</span>
            </Link>
          );
        })}
        <Menu
          side="top"
          trigger={
            <button type="button" className={cn(barItemStyle, moreIsCurrent ? 'font-medium text-ink' : 'text-muted')}>
              <Ellipsis className="size-5" aria-hidden="true" />
              {t('nav.more')}
            </button>
          }
        >
          {moreItems.map((item) => (
            <MenuLink key={item.key} href={`/${slug}${item.path}`} icon={<item.icon aria-hidden="true" />}>
              {t(`nav.${item.key}`)}
            </MenuLink>
          ))}
        </Menu>
      </nav>
    </div>
  );
}

const barItemStyle = 'flex h-14 min-w-0 flex-col items-center justify-center gap-0.5 px-1 text-xs focus-visible:-outline-offset-2';
