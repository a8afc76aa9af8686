/** Where the shell leads. The first four stand in the bar of a phone; the rest are behind "more" there. */
import { Bot, House, type LucideIcon, Settings, Smartphone, Activity, Users, Waypoints } from 'lucide-react';

export interface NavItem {
  key: 'home' | 'sequences' | 'contacts' | 'chatbots' | 'sandbox' | 'settings' | 'system';
  path: string;
  icon: LucideIcon;
  adminOnly?: boolean;
}

export const navItems: readonly NavItem[] = [
  { key: 'home', path: '', icon: House },
  { key: 'sequences', path: '/sequences', icon: Waypoints },
  { key: 'contacts', path: '/contacts', icon: Users },
  { key: 'chatbots', path: '/chatbots', icon: Bot },
  { key: 'sandbox', path: '/sandbox', icon: Smartphone },
  { key: 'settings', path: '/settings', icon: Settings },
  { key: 'system', path: '/system', icon: Activity, adminOnly: true },
];

/** Whether `pathname` lies in the part of the product that `item` leads to. */
export function isCurrent(item: NavItem, slug: string, pathname: string): boolean {
  const base = `/${slug}${item.path}`;
  return item.path === '' ? pathname === base : pathname === base || pathname.startsWith(`${base}/`);
}
