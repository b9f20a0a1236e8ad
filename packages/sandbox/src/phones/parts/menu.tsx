import { useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { Icon, type IconName } from './icon.tsx';
import { placeMenu } from './place-menu.ts';

export interface MenuItem {
  label: string;
  icon?: IconName;
  danger?: boolean;
  checked?: boolean;
  /** Stands in a row with others of its kind. */
  emoji?: boolean;
  act: () => void;
}

interface MenuProps {
  label: string;
  icon: IconName;
  items: readonly (MenuItem | false)[];
  className?: string;
  disabled?: boolean;
}

/** A button that opens a menu in the browser's top layer, so that nothing around it cuts it off. */
export function Menu({ label, icon, items, className = '', disabled = false }: MenuProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback((giveBack: boolean) => {
    setOpen(false);
    if (giveBack) button.current?.focus();
  }, []);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`icon-button ${className}`}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        disabled={disabled}
        onClick={() => setOpen(!open)}
      >
        <Icon name={icon} />
      </button>
      {open && <MenuList label={label} items={items.filter((item) => item !== false)} anchor={button} close={close} />}
    </>
  );
}

interface MenuListProps {
  label: string;
  items: readonly MenuItem[];
  anchor: { current: HTMLButtonElement | null };
  close: (giveBack: boolean) => void;
}

function MenuList({ label, items, anchor, close }: MenuListProps) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null || anchor.current === null) return;
    element.showPopover();
    placeMenu(element, anchor.current);
    element.querySelector<HTMLElement>('[role^=menuitem]')?.focus();
  }, [anchor]);
  useEffect(() => {
    const outside = (event: Event): void => {
      if (event.target instanceof Node && !list.current?.contains(event.target) && !anchor.current?.contains(event.target)) close(false);
    };
    // A thread scrolls by itself when a message comes: the menu goes along with its button.
    const follow = (event: Event): void => {
      if (list.current !== null && anchor.current !== null && event.target !== list.current) placeMenu(list.current, anchor.current);
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('scroll', follow, true);
    addEventListener('resize', follow);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('scroll', follow, true);
      removeEventListener('resize', follow);
    };
  }, [anchor, close]);
  return (
    <div ref={list} popover="manual" role="menu" aria-label={label} tabIndex={-1} className="menu" onKeyDown={(event) => move(event, close)}>
      {items.map((item) => (
        <button
          key={item.label}
          type="button"
          role={item.checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
          aria-checked={item.checked}
          tabIndex={-1}
          className={`menu-item ${item.danger === true ? 'menu-item-danger' : ''} ${item.emoji === true ? 'menu-item-emoji' : ''}`}
          onClick={() => {
            close(true);
            item.act();
          }}
        >
          {item.icon !== undefined && <Icon name={item.icon} size={18} />}
          <span dir="auto">{item.label}</span>
          {item.checked === true && <Icon name="check" size={18} />}
        </button>
      ))}
    </div>
  );
}

function move(event: KeyboardEvent<HTMLDivElement>, close: (giveBack: boolean) => void): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role^=menuitem]')];
  const here = items.findIndex((item) => item === document.activeElement);
  const rtl = document.documentElement.dir === 'rtl';
  const steps: Record<string, number> = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1, ArrowRight: here + (rtl ? -1 : 1), ArrowLeft: here + (rtl ? 1 : -1) };
  const step = steps[event.key];
  if (step !== undefined) items.at(step % items.length)?.focus();
  else if (event.key === 'Escape') close(true);
  else if (event.key === 'Tab') close(true);
  else return;
  if (event.key !== 'Tab') event.preventDefault();
  event.stopPropagation();
}
