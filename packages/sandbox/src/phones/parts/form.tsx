import { useId, useState, type InputHTMLAttributes, type ReactNode, type TextareaHTMLAttributes } from 'react';
import type { Act } from '../state/use-act.ts';
import { useSpeech } from '../words/speech.tsx';
import { Button } from './button.tsx';

interface FormProps {
  act: Act;
  /** What is done; afterwards `done` closes or empties the form, only if it worked. */
  submit: () => Promise<unknown>;
  done: () => void;
  label: string;
  danger?: boolean;
  disabled?: boolean;
  children?: ReactNode;
}

export function Form({ act, submit, done, label, danger = false, disabled = false, children }: FormProps) {
  const send = async (): Promise<void> => {
    if (!act.busy && (await act.run(submit))) done();
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {children}
      <Problem text={act.problem} />
      <div className="form-end">
        <Button submit look={danger ? 'danger' : 'primary'} disabled={disabled} aria-busy={act.busy}>
          {label}
        </Button>
      </div>
    </form>
  );
}

/** A refusal, in the sandbox's own words. */
export function Problem({ text }: { text: string | undefined }) {
  return text === undefined ? null : (
    <p className="problem" role="alert" dir="auto">
      {text}
    </p>
  );
}

type FieldProps = { label: string; hint?: string; optional?: boolean } & Omit<InputHTMLAttributes<HTMLInputElement>, 'id'>;

export function Field({ label, hint, optional = false, ...native }: FieldProps) {
  const { t } = useSpeech();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>
        {label} {optional && <span className="field-optional">{t('form.optional')}</span>}
      </label>
      <input id={id} dir="auto" autoComplete="off" aria-describedby={hint === undefined ? undefined : `${id}-hint`} {...native} />
      {hint !== undefined && (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      )}
    </div>
  );
}

export function TextField({ label, hint, ...native }: { label: string; hint?: string } & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id'>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea id={id} dir="auto" rows={3} aria-describedby={hint === undefined ? undefined : `${id}-hint`} {...native} />
      {hint !== undefined && (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  choices: readonly { value: T; label: string }[];
  choose: (value: T) => void;
}

export function Choice<T extends string>({ label, value, choices, choose }: ChoiceProps<T>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const chosen = choices.find((choice) => choice.value === event.target.value);
          if (chosen !== undefined) choose(chosen.value);
        }}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  );
}

export function Check({ label, checked, change, disabled = false }: { label: string; checked: boolean; change: (checked: boolean) => void; disabled?: boolean }) {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => change(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}

/** Ticked at once, while what it stands for is still being done; if that fails, it is as it was. */
export function ActCheck({ label, checked, change }: { label: string; checked: boolean; change: (checked: boolean) => Promise<unknown> }) {
  const [wanted, setWanted] = useState<boolean | undefined>(undefined);
  const act = async (on: boolean): Promise<void> => {
    setWanted(on);
    await change(on);
    setWanted(undefined);
  };
  return <Check label={label} checked={wanted ?? checked} change={(on) => void act(on)} />;
}

export function Switch({ label, on, change, disabled = false }: { label: string; on: boolean; change: (on: boolean) => void; disabled?: boolean }) {
  return (
    <button type="button" role="switch" aria-checked={on} className="switch" disabled={disabled} onClick={() => change(!on)}>
      <span className="switch-track" aria-hidden />
      <span>{label}</span>
    </button>
  );
}
