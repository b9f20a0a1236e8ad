import { createContext, use, type ReactNode } from 'react';

const InsideMain = createContext(false);

/** The one main landmark of a page; the skip link and each navigation put the focus on it. */
export function Main({ className, children }: { className: string; children: ReactNode }) {
  return (
    <main id="content" tabIndex={-1} className={`outline-none ${className}`}>
      <InsideMain value>{children}</InsideMain>
    </main>
  );
}

/** For what may stand in for a whole page or for a part of one. */
export function MainUnlessInside({ className, children }: { className: string; children: ReactNode }) {
  return use(InsideMain) ? children : <Main className={className}>{children}</Main>;
}
