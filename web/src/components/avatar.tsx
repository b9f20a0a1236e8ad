import { avatarHue, initialsOf } from './avatar-look.ts';

interface AvatarProps {
  id: string;
  name: string;
  size?: 'small' | 'normal';
}

/**
 * Always beside the name itself, so it says nothing to a screen reader; and no text, because speech control
 * expects the visible text of a button in its name.
 */
export function Avatar({ id, name, size = 'normal' }: AvatarProps) {
  return (
    <span
      aria-hidden
      data-initials={initialsOf(name)}
      style={{ '--hue': avatarHue(id) }}
      className={`avatar inline-flex shrink-0 items-center justify-center rounded-full text-12 font-strong select-none before:content-[attr(data-initials)] ${
        size === 'small' ? 'size-6' : 'size-8'
      }`}
    />
  );
}
