import { useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { CodeForm } from './code-form.tsx';
import { PasswordForm } from './password-form.tsx';

/** E-mail and password, then the second step where it is on. */
export function SignInPage() {
  const { next } = useSearch({ from: '/entry/sign-in' });
  const router = useRouter();
  const queryClient = useQueryClient();
  const [challenge, setChallenge] = useState<string>();
  const enter = () => {
    // What was learned while signed out, such as being signed out, is no longer true.
    queryClient.clear();
    // The pretend phones are a page of their own, which the router does not know.
    if (next?.startsWith('/sandbox')) location.assign(next);
    else router.history.push(next ?? '/');
  };
  if (challenge === undefined) return <PasswordForm entered={enter} challenged={setChallenge} />;
  return <CodeForm challenge={challenge} entered={enter} startOver={() => setChallenge(undefined)} />;
}
