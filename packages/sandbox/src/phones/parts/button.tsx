import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type'>;

interface ButtonProps extends Native {
  look?: 'primary' | 'secondary' | 'quiet' | 'danger';
  icon?: IconName;
  submit?: boolean;
  children: ReactNode;
}

export function Button({ look = 'secondary', icon, submit = false, children, className = '', ...native }: ButtonProps) {
  return (
    <button type={submit ? 'submit' : 'button'} className={`button button-${look} ${className}`} {...native}>
      {icon !== undefined && <Icon name={icon} size={18} />}
      <span>{children}</span>
    </button>
  );
}

interface IconButtonProps extends Native {
  icon: IconName;
  label: string;
  submit?: boolean;
}

export function IconButton({ icon, label, submit = false, className = '', ...native }: IconButtonProps) {
  return (
    <button type={submit ? 'submit' : 'button'} className={`icon-button ${className}`} aria-label={label} title={label} {...native}>
      <Icon name={icon} />
    </button>
  );
}
