import { useId, type ReactNode } from 'react';

export interface FieldText {
  label: string;
  hint?: string | undefined;
  problem?: string | undefined;
}

export interface FieldWiring {
  id: string;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
}

interface FieldProps extends FieldText {
  children: (wiring: FieldWiring) => ReactNode;
}

/** Label, control, hint and problem, tied together for whoever does not see them side by side. */
export function Field({ label, hint, problem, children }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const problemId = `${id}-problem`;
  const described = [problem && problemId, hint && hintId].filter(Boolean).join(' ');
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-13 font-strong wrap-anywhere">
        {label}
      </label>
      {children({ id, 'aria-invalid': problem ? true : undefined, 'aria-describedby': described || undefined })}
      {problem && <FieldProblem id={problemId} text={problem} />}
      {hint && (
        <p id={hintId} className="text-13 text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}

export function FieldProblem({ id, text }: { id: string; text: string }) {
  return (
    <p id={id} className="text-13 font-strong text-danger">
      {text}
    </p>
  );
}
