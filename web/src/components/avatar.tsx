import { avatarHue, initialsOf } from './avatar-look.ts';

interface AvatarProps {
  id: string;
  name: string;
  size?: 'small' | 'normal';
}

/** Always beside the name itself, so it says nothing to a screen reader. */
export function Avatar({ id, name, size = 'normal' }: AvatarProps) {
  return (
    <span
      aria-hidden
      style={{ '--hue': avatarHue(id) }}
      className={`avatar inline-flex shrink-0 items-center justify-center rounded-full font-strong select-none ${
        size === 'small' ? 'size-6 text-12' : 'size-8 text-12'
      }`}
    >
      {initialsOf(name)}
    </span>
  );
}
