import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { LaunchRefusal } from './launch-refusal.mjs';

const wantedMajor = 24;

/** Node 24 from npm where it is published, else the machine's own if that is new enough. */
export const findNode = async (checkoutDir) => {
  const fromNpm = join(checkoutDir, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (await isExecutable(fromNpm)) return fromNpm;
  if (Number(process.versions.node.split('.')[0]) >= wantedMajor) return process.execPath;
  throw new LaunchRefusal(
    `Waxos brings its own Node ${wantedMajor} on Linux (x64 and arm64) only: on ${process.platform} ${process.arch} install Node ${wantedMajor} or later from https://nodejs.org and run the command again.`,
  );
};

const isExecutable = (path) =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
