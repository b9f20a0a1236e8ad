import { useState, type CSSProperties } from 'react';
import { hueOf, initialsOf } from './avatar-look.ts';
import { Icon } from './icon.tsx';

interface AvatarProps {
  id: string;
  name: string;
  picture?: string | undefined;
  group?: boolean;
  size?: 'small' | 'normal' | 'large';
}

/** Always beside the name itself, so it says nothing to a screen reader. */
export function Avatar({ id, name, picture, group = false, size = 'normal' }: AvatarProps) {
  const [broken, setBroken] = useState<string | undefined>(undefined);
  const style: CSSProperties & Record<'--hue', number> = { '--hue': hueOf(id) };
  const letters = /^[\d+]/.test(name) ? '' : initialsOf(name);
  return (
    <span aria-hidden className={`avatar avatar-${size}`} style={style} data-initials={group ? '' : letters}>
      {picture !== undefined && picture !== broken ? (
        <img src={picture} alt="" onError={() => setBroken(picture)} />
      ) : (
        (group || letters === '') && <Icon name={group ? 'people' : 'person'} size={size === 'large' ? 36 : 20} />
      )}
    </span>
  );
}
