import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from './install.mjs';
import { LaunchRefusal } from './launch-refusal.mjs';
import { findNode } from './find-node.mjs';
import { runMain } from './run-main.mjs';
import { isInstalled } from './stamp.mjs';

const checkoutDir = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/** Everything before Node 24 and the packages are there; runs on Node 20 with no package at all. */
export const launch = async (args) => {
  try {
    if (!(await isInstalled(checkoutDir))) await install(checkoutDir);
    const node = await findNode(checkoutDir);
    process.exitCode = await runMain({ node, checkoutDir, args });
  } catch (error) {
    if (!(error instanceof LaunchRefusal)) throw error;
    console.error(error.message);
    process.exitCode = error.exitCode;
  }
};
