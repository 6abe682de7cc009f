/** The API in a React context, and the token that it may need. */
import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ControlError } from '../../client/control-error.ts';
import { createApi, type Api } from './api.ts';

/** Kept for the tab alone, and never in a URL. */
const KEY = 'license-mock-token';

type Session = {
  readonly api: Api;
  readonly hasToken: boolean;
  /** Calls from now on send the token. Undefined: none. */
  readonly signIn: (token: string | undefined) => void;
};

const SessionContext = createContext<Session | undefined>(undefined);

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [token, setToken] = useState(() => sessionStorage.getItem(KEY) ?? undefined);
  const session = useMemo(
    (): Session => ({
      api: createApi(token),
      hasToken: token !== undefined,
      signIn(next) {
        if (next === undefined) sessionStorage.removeItem(KEY);
        else sessionStorage.setItem(KEY, next);
        setToken(next);
      },
    }),
    [token],
  );
  // Another token sees other answers.
  const queries = useMemo(() => createQueries(session.api), [session.api]);
  return (
    <SessionContext value={session}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </SessionContext>
  );
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession needs a SessionProvider.');
  return session;
}

export function useApi(): Api {
  return useSession().api;
}

/** Refusals are final; a server that does not answer is asked again. */
function createQueries(_api: Api): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: (failures, error) => isUnreachable(error) && failures < 20,
        retryDelay: 1_000,
        staleTime: 2_000,
      },
    },
  });
}

function isUnreachable(error: unknown): boolean {
  return error instanceof ControlError && error.code === 'unreachable';
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof ControlError ? error.code : undefined;
}
