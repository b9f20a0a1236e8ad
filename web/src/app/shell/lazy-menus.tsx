import { lazy, Suspense, type ComponentType } from 'react';
import { loadWhenOnline } from '../load-when-online.ts';
import { railItemLook, type RailLook } from './rail-item-look.ts';

interface MenuProps {
  look: RailLook;
}

/** Menus bring a positioning library along; the first paint does not wait for it, their place is kept. */
function later(Menu: ComponentType<MenuProps>): ComponentType<MenuProps> {
  return function LaterMenu({ look }) {
    return (
      <Suspense fallback={<span aria-hidden className={railItemLook(look)} />}>
        <Menu look={look} />
      </Suspense>
    );
  };
}

const loadAccountMenu = loadWhenOnline(async () => ({ default: (await import('./account-menu.tsx')).AccountMenu }));
const loadWorkspaceMenu = loadWhenOnline(async () => ({ default: (await import('./workspace-menu.tsx')).WorkspaceMenu }));

export const AccountMenu = later(lazy(loadAccountMenu));
export const WorkspaceMenu = later(lazy(loadWorkspaceMenu));
