import { useAct } from '../state/use-act.ts';
import { Dialog } from './dialog.tsx';
import { Form } from './form.tsx';

interface ConfirmProps {
  title: string;
  text: string;
  label: string;
  act: () => Promise<unknown>;
  close: () => void;
}

export function Confirm({ title, text, label, act, close }: ConfirmProps) {
  const doing = useAct();
  return (
    <Dialog title={title} close={close}>
      <p dir="auto" className="dialog-text">
        {text}
      </p>
      <Form act={doing} submit={act} done={close} label={label} danger />
    </Dialog>
  );
}
