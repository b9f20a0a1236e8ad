import { useEffect, useRef, useState, type FormEvent, type RefObject } from 'react';
import type { z } from 'zod';
import { describeFailure, readPublicError, type Failure } from '../failures.ts';
import { useI18n } from '../i18n/i18n-provider.tsx';
import { problemAt, problemsOfSchema, problemsOfServer, withoutProblemAt, type ProblemsByPath } from './field-problems.ts';

interface FormOptions<Values, Input> {
  initial: Values;
  schema: z.ZodType<Input>;
  /** Where the fields' values differ from what the schema reads, for example a number typed as text. */
  toInput?: (values: Values) => unknown;
  /** A refusal thrown here goes to its fields, or over the form; what was typed stays. */
  submit: (input: Input) => Promise<void>;
}

export interface Binding<Value> {
  name: string;
  value: Value;
  onValue: (value: Value) => void;
  problem?: string | undefined;
}

export interface Form<Values> {
  values: Values;
  busy: boolean;
  failure: Failure | undefined;
  ref: RefObject<HTMLFormElement | null>;
  set: (changes: Partial<Values>) => void;
  reset: (values: Values) => void;
  bind: <Name extends keyof Values & string>(name: Name) => Binding<Values[Name]>;
  onSubmit: (event: FormEvent) => void;
}

const clean = { problems: {} as ProblemsByPath, failure: undefined as Failure | undefined };

/** Moves to the first field that was refused, so that nobody has to look for it. */
function useFocusOnRefusal(ref: RefObject<HTMLFormElement | null>, refusals: number): void {
  useEffect(() => {
    if (refusals === 0) return;
    ref.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-form-failure]')?.focus();
  }, [ref, refusals]);
}

export function useForm<Values extends object, Input>(options: FormOptions<Values, Input>): Form<Values> {
  const i18n = useI18n();
  const ref = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState(options.initial);
  const [state, setState] = useState(clean);
  const [busy, setBusy] = useState(false);
  const [refusals, setRefusals] = useState(0);
  useFocusOnRefusal(ref, refusals);

  const refuse = (problems: ProblemsByPath, failure?: Failure) => {
    // A problem of no visible field would otherwise be silent.
    const [stray] = Object.entries(problems).filter(([path]) => !Object.hasOwn(values, path.split('.')[0] ?? ''));
    const said = failure ?? (stray === undefined ? undefined : { text: i18n.t(`problems.${stray[1]}`), requestId: undefined });
    setState({ problems, failure: said });
    setRefusals((count) => count + 1);
  };

  const send = async () => {
    const parsed = options.schema.safeParse(options.toInput?.(values) ?? values);
    if (!parsed.success) return refuse(problemsOfSchema(parsed.error));
    setBusy(true);
    setState(clean);
    try {
      await options.submit(parsed.data);
    } catch (error) {
      const refusal = readPublicError(error);
      if (refusal !== undefined && refusal.fields.length > 0) refuse(problemsOfServer(refusal));
      else refuse({}, describeFailure(error, i18n));
    } finally {
      setBusy(false);
    }
  };

  const set = (changes: Partial<Values>) => setValues((before) => ({ ...before, ...changes }));

  return {
    values,
    busy,
    failure: state.failure,
    ref,
    set,
    reset: (next) => (setValues(next), setState(clean)),
    bind: (name) => {
      const problem = problemAt(state.problems, name);
      return {
        name,
        value: values[name],
        onValue: (value) => {
          setValues((before) => ({ ...before, [name]: value }));
          setState((before) => ({ ...before, problems: withoutProblemAt(before.problems, name) }));
        },
        problem: problem === undefined ? undefined : i18n.t(`problems.${problem}`),
      };
    },
    onSubmit: (event) => {
      event.preventDefault();
      // A dialog's form sits inside another in React's tree; its submit must not reach that one.
      event.stopPropagation();
      if (!busy) void send();
    },
  };
}
