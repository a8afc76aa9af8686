'use client';
/** Tabs that are pages: each has its address. The longest address that the path begins with is the current one, and is in
 *  sight where they do not all fit. */
import { cn } from './class-names.ts';
import { Link } from './link.tsx';
import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect, useRef } from 'react';
import { tabListStyle, tabStyle } from './tab-style.ts';

export function NavTabs({ label, tabs }: { label: string; tabs: readonly { href: string; label: ReactNode }[] }) {
  const pathname = usePathname();
  const current = tabs
    .filter((tab) => pathname === tab.href || pathname.startsWith(`${tab.href}/`))
    .sort((a, b) => b.href.length - a.href.length)[0];
  const currentHref = current?.href;
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    if (currentHref) list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [currentHref]);
  return (
    <nav ref={list} aria-label={label} className={cn(tabListStyle, 'edge-cue')}>
      {tabs.map((tab) => (
        <Link key={tab.href} href={tab.href} aria-current={tab === current ? 'page' : undefined} className={tabStyle}>
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
