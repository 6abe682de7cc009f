/** Starts Pact's verifier and sends it one pact at a time. */
import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { MockError } from '../errors.ts';
import { PACKAGE_FOLDER } from '../package-folder.ts';
import { withoutProxies } from './proxies.ts';
import { readResults, type VerifierOutcome } from './verifier-results.ts';

export type VerifierJob = {
  /** A file with a pact of one interaction. */
  readonly pactFile: string;
  readonly baseUrl: string;
  readonly statesUrl: string;
  readonly timeoutMs: number;
};

/** Pact's results as JSON, or a sentence if it could not run. */
export type VerifierAnswer = { readonly results: string };

export type Verifier = {
  /** Rejects with `MockError` `verifier-failed` if the verifier crashes or gives no result in time. */
  verify(job: VerifierJob): Promise<VerifierOutcome>;
  stop(): void;
};

/** Extra time for the verifier beyond the timeout of one request. */
const SPARE_MS = 5_000;
const SHOWN_CHARACTERS = 2_000;

/** The process starts with the first pact. `program` is the script to run; default: Pact's verifier. */
export function startVerifier(program: string = verifierProgram()): Verifier {
  let child: ChildProcess | undefined;
  let said = '';
  const start = (): ChildProcess => {
    said = '';
    const started = fork(program, {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
      env: withoutPact(withoutProxies(process.env)),
    });
    for (const stream of [started.stdout, started.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        said = (said + chunk.toString('utf8')).slice(-SHOWN_CHARACTERS);
      });
    }
    return started;
  };

  return {
    async verify(job) {
      child ??= start();
      const answer = await ask(child, job, () => said);
      const outcome = readResults(answer.results);
      if (outcome) return outcome;
      throw failed(`Pact's verifier could not run: ${answer.results.slice(0, SHOWN_CHARACTERS)}`);
    },
    stop: () => void child?.kill('SIGKILL'),
  };
}

function ask(child: ChildProcess, job: VerifierJob, said: () => string): Promise<VerifierAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<VerifierAnswer>();
  const onExit = (code: number | null, signal: string | null) => {
    reject(
      failed(
        `Pact's verifier ended (${signal ?? `code ${code}`}) before it returned a result.`,
        said(),
      ),
    );
  };
  const timer = setTimeout(() => {
    child.kill('SIGKILL');
    reject(failed(`Pact's verifier gave no result in ${job.timeoutMs + SPARE_MS} ms.`, said()));
  }, job.timeoutMs + SPARE_MS);
  child.once('message', resolve);
  child.once('exit', onExit);
  child.send(job, (thrown) => {
    if (thrown) reject(failed(`Pact's verifier cannot be reached: ${thrown.message}.`, said()));
  });
  return promise.finally(() => {
    clearTimeout(timer);
    child.removeListener('message', resolve);
    child.removeListener('exit', onExit);
  });
}

function failed(message: string, said = ''): MockError {
  return new MockError('verifier-failed', [message, said.trim()].filter(Boolean).join('\n'));
}

/** TypeScript in a clone, compiled in the package. */
function verifierProgram(): string {
  const { ext } = path.parse(import.meta.filename);
  const folder = ext === '.ts' ? 'src' : 'dist';
  return path.join(PACKAGE_FOLDER, folder, 'contracts', `verifier-process${ext}`);
}

/** Removes PACT_ variables. Pact reads filters and brokers from them, which could leave out the interaction. */
function withoutPact(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith('PACT_')),
  );
}
