import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface AxeResult {
  violations: { id: string; help: string; nodes: { target: string[] }[] }[];
  passes: unknown[];
}

/** What axe finds on the page as it stands, each with where; throws when it looked at nothing. */
export const findAxeViolations = async (page: Page): Promise<string[]> => {
  // Evaluated rather than added as a tag: the page's own policy lets no stranger's script in.
  await page.evaluate(axe.source);
  const result = (await page.evaluate('axe.run(document, { resultTypes: ["violations", "passes"] })')) as AxeResult;
  if (result.passes.length < 5) throw new Error(`axe looked at hardly anything on ${page.url()}`);
  return result.violations.map((violation) => `${violation.id}: ${violation.help} at ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`);
};
