/** What the views ask the server, with one cache for all of them. */
import { useQuery } from '@tanstack/react-query';
import { useApi } from './session.tsx';

const NEVER_STALE = Number.POSITIVE_INFINITY;

export function useSandboxes() {
  const api = useApi();
  return useQuery({
    queryKey: ['sandboxes'],
    queryFn: () => api.listSandboxes(),
    refetchInterval: 5_000,
  });
}

export function useSandbox(sandbox: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['sandbox', sandbox],
    queryFn: () => api.getSandbox(sandbox),
    refetchInterval: 5_000,
  });
}

export function useUpstreams(sandbox: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['upstreams', sandbox],
    queryFn: () => api.listUpstreams(sandbox),
    refetchInterval: 5_000,
  });
}

export function useVendors() {
  const api = useApi();
  return useQuery({ queryKey: ['vendors'], queryFn: () => api.listVendors() });
}

export function useSpec(vendor: string | null) {
  const api = useApi();
  return useQuery({
    queryKey: ['spec', vendor],
    queryFn: () => api.getSpec(vendor ?? ''),
    enabled: vendor !== null,
    staleTime: NEVER_STALE,
  });
}

export function useLedger(sandbox: string) {
  const api = useApi();
  return useQuery({ queryKey: ['ledger', sandbox], queryFn: () => api.listLedger(sandbox) });
}

/** They are those that the server was started with. */
export function useCalibrations() {
  const api = useApi();
  return useQuery({
    queryKey: ['calibrations'],
    queryFn: () => api.listCalibrations(),
    staleTime: NEVER_STALE,
  });
}

export function useExamples(sandbox: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['examples', sandbox],
    queryFn: () => api.listExamples(sandbox),
  });
}

export function useOverrides(sandbox: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['overrides', sandbox],
    queryFn: () => api.listOverrides(sandbox),
    refetchInterval: 3_000,
  });
}

export function useCollections(sandbox: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['collections', sandbox],
    queryFn: () => api.listCollections(sandbox),
    refetchInterval: 5_000,
  });
}
