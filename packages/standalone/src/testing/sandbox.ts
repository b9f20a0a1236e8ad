import { openSandbox } from '@waxos/sandbox/context';

/** A whole sandbox in this process, in memory: what a gateway is told of it, and how to look inside. */
export interface TestSandbox {
  variables: Record<string, string>;
  network: Awaited<ReturnType<typeof openSandbox>>['network'];
  close: () => Promise<void>;
}

const controlToken = 'the-token-of-a-test-sandbox';

export const openTestSandbox = async (): Promise<TestSandbox> => {
  const sandbox = await openSandbox({ port: 0, controlToken });
  return {
    variables: { SANDBOX_URL: sandbox.url, SANDBOX_CONTROL_TOKEN: controlToken, SANDBOX_CERTIFICATE: sandbox.certificate },
    network: sandbox.network,
    close: sandbox.close,
  };
};
