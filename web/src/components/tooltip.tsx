import { Tooltip as RadixTooltip } from 'radix-ui';
import type { ReactNode } from 'react';
import { useI18n } from '../lib/i18n/i18n-provider.tsx';

interface TooltipProps {
  text: string;
  /** Off when the text is on the page anyway. */
  off?: boolean;
  children: ReactNode;
}

/** Repeats the name of an icon for the eye; the name itself is on the icon. */
export function Tooltip({ text, off = false, children }: TooltipProps) {
  const { direction } = useI18n();
  if (off) return children;
  return (
    <RadixTooltip.Root delayDuration={300}>
      <RadixTooltip.Trigger asChild>{children}</RadixTooltip.Trigger>
      <RadixTooltip.Portal>
        <RadixTooltip.Content
          side={direction === 'rtl' ? 'left' : 'right'}
          sideOffset={6}
          className="z-50 rounded-control bg-text px-2 py-1 text-12 text-canvas shadow-menu"
        >
          {text}
        </RadixTooltip.Content>
      </RadixTooltip.Portal>
    </RadixTooltip.Root>
  );
}

export const TooltipProvider = RadixTooltip.Provider;
