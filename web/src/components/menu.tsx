import { Check, type LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import { useI18n } from '../lib/i18n/i18n-provider.tsx';

const itemLook =
  'flex min-h-11 w-full cursor-pointer items-center gap-2 rounded-control px-2 text-14 no-underline outline-none select-none md:min-h-8 ' +
  'data-highlighted:bg-selected data-disabled:opacity-60';

interface MenuProps {
  /** A button; it becomes the menu's trigger. */
  trigger: ReactNode;
  side?: 'top' | 'right' | 'bottom' | 'left';
  children: ReactNode;
}

/** Not modal: a modal menu locks scrolling with a style element, which the security policy refuses. */
export function Menu({ trigger, side = 'bottom', children }: MenuProps) {
  const { direction } = useI18n();
  const [open, setOpen] = useState(false);
  // Inside the page's main landmark, so that nothing of the page lies outside of all landmarks.
  const container = open ? document.getElementById('content') : null;
  return (
    <DropdownMenu.Root modal={false} dir={direction} open={open} onOpenChange={setOpen}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={container}>
        <DropdownMenu.Content
          side={side}
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 max-w-[calc(100vw-16px)] animate-appear overflow-y-auto rounded-control border border-hairline bg-surface p-1 text-text shadow-menu"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface MenuItemProps {
  icon?: LucideIcon;
  danger?: boolean;
  onSelect: () => void;
  children: ReactNode;
}

export function MenuItem({ icon: Icon, danger = false, onSelect, children }: MenuItemProps) {
  return (
    <DropdownMenu.Item onSelect={onSelect} className={classNames(itemLook, danger && 'text-danger')}>
      {Icon && <Icon aria-hidden size={16} className="shrink-0" />}
      <span className="min-w-0 truncate">{children}</span>
    </DropdownMenu.Item>
  );
}

interface MenuChoicesProps<Value extends string> {
  label: string;
  value: Value;
  onValue: (value: Value) => void;
  choices: readonly { value: Value; label: string }[];
}

/** One of several, with the present one ticked. */
export function MenuChoices<Value extends string>({ label, value, onValue, choices }: MenuChoicesProps<Value>) {
  const choose = (chosen: string) => {
    const choice = choices.find((candidate) => candidate.value === chosen);
    if (choice !== undefined) onValue(choice.value);
  };
  return (
    <>
      <DropdownMenu.Label className="px-2 pt-2 pb-1 text-12 text-muted">{label}</DropdownMenu.Label>
      <DropdownMenu.RadioGroup aria-label={label} value={value} onValueChange={choose}>
        {choices.map((choice) => (
          <DropdownMenu.RadioItem key={choice.value} value={choice.value} className={itemLook}>
            <span className="flex size-4 shrink-0">
              <DropdownMenu.ItemIndicator>
                <Check aria-hidden size={16} />
              </DropdownMenu.ItemIndicator>
            </span>
            <span className="min-w-0 truncate">{choice.label}</span>
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
    </>
  );
}

export function MenuDivider() {
  return <DropdownMenu.Separator className="my-1 h-px bg-hairline" />;
}
