import { Outlet } from '@tanstack/react-router';
import { Main } from '../components/main-landmark.tsx';
import { Brand } from './brand.tsx';
import { LanguageChoice } from './language-choice.tsx';

export function EntryLayout() {
  return (
    <div className="flex min-h-dvh flex-col items-center px-4 py-6 md:py-12">
      <header className="mb-8">
        <Brand />
      </header>
      <Main className="w-full max-w-sm flex-1">
        <Outlet />
      </Main>
      <footer className="mt-8 w-full max-w-sm border-t border-hairline pt-4">
        <LanguageChoice />
      </footer>
    </div>
  );
}
