import { useEffect, useRef, useState, type FormEvent, type RefObject } from 'react';
import type { z } from 'zod';
import { describeFailure, readPublicError, type Failure } from '../failures.ts';
import { useI18n } from '../i18n/i18n-provider.tsx';
import { problemAt, problemsOfSchema, problemsOfServer, strayProblem, withoutProblemAt, type ProblemsByPath } from './field-problems.ts';

interface FormOptions<Values, Input> {
  initial: Values;
  /** Of the contract, and loaded after the form is shown: the first screen does not wait for its schemas. */
  schema: () => Promise<z.ZodType<Input>>;
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
  busy: boolean;
  failure: Failure | undefined;
  ref: RefObject<HTMLFormElement | null>;
  reset: (values: Values) => void;
  bind: <Name extends keyof Values & string>(name: Name) => Binding<Values[Name]>;
  onSubmit: (event: FormEvent) => void;
}

interface Refused {
  problems: ProblemsByPath;
  failure: Failure | undefined;
  /** Counts refusals, so that the same one twice moves the focus twice. */
  count: number;
}

/** What was refused, and the focus on the first field that was, so that nobody has to look for it. */
function useRefusals(names: readonly string[]) {
  const i18n = useI18n();
  const ref = useRef<HTMLFormElement>(null);
  const [refused, setRefused] = useState<Refused>({ problems: {}, failure: undefined, count: 0 });
  useEffect(() => {
    if (refused.count > 0) ref.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-form-failure]')?.focus();
  }, [refused.count]);
  const refuse = (problems: ProblemsByPath, failure?: Failure) => {
    // A problem of no visible field would otherwise be silent.
    const stray = strayProblem(problems, names);
    const said = failure ?? (stray === undefined ? undefined : { text: i18n.t(`problems.${stray}`), requestId: undefined });
    setRefused(({ count }) => ({ problems, failure: said, count: count + 1 }));
  };
  const refuseError = (error: unknown) => {
    const refusal = readPublicError(error);
    if (refusal !== undefined && refusal.fields.length > 0) refuse(problemsOfServer(refusal));
    else refuse({}, describeFailure(error, i18n));
  };
  const forgive = () => setRefused(({ count }) => ({ problems: {}, failure: undefined, count }));
  const forgiveField = (name: string) =>
    setRefused((before) => ({ ...before, problems: withoutProblemAt(before.problems, name) }));
  return { ref, refused, refuse, refuseError, forgive, forgiveField, t: i18n.t };
}

export function useForm<Values extends object, Input>(options: FormOptions<Values, Input>): Form<Values> {
  const [values, setValues] = useState(options.initial);
  const [busy, setBusy] = useState(false);
  const { ref, refused, refuse, refuseError, forgive, forgiveField, t } = useRefusals(Object.keys(values));

  const send = async () => {
    setBusy(true);
    try {
      const schema = await options.schema();
      const parsed = schema.safeParse(options.toInput?.(values) ?? values);
      if (!parsed.success) return refuse(problemsOfSchema(parsed.error));
      forgive();
      await options.submit(parsed.data);
    } catch (error) {
      refuseError(error);
    } finally {
      setBusy(false);
    }
  };

  return {
    busy,
    failure: refused.failure,
    ref,
    reset: (next) => {
      setValues(next);
      forgive();
    },
    bind: (name) => {
      const problem = problemAt(refused.problems, name);
      return {
        name,
        value: values[name],
        onValue: (value) => {
          setValues((before) => ({ ...before, [name]: value }));
          forgiveField(name);
        },
        problem: problem === undefined ? undefined : t(`problems.${problem}`),
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
