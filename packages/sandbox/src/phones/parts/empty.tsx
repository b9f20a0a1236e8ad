import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';

interface EmptyProps {
  icon: IconName;
  title: string;
  text?: string;
  label?: string;
  act?: () => void;
}

/** Where there is nothing, it says what can be done about it. */
export function Empty({ icon, title, text, label, act }: EmptyProps) {
  return (
    <div className="empty">
      <Icon name={icon} size={32} />
      <p className="empty-title">{title}</p>
      {text !== undefined && <p>{text}</p>}
      {label !== undefined && act !== undefined && (
        <Button look="primary" icon="add" onClick={act}>
          {label}
        </Button>
      )}
    </div>
  );
}
