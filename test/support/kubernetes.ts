/** Checks manifests against the schemas of Kubernetes. */
import { validate as deployment } from 'kubernetes-models/_schemas/IoK8sApiAppsV1Deployment';
import { validate as secret } from 'kubernetes-models/_schemas/IoK8sApiCoreV1Secret';
import { validate as service } from 'kubernetes-models/_schemas/IoK8sApiCoreV1Service';
import { validate as budget } from 'kubernetes-models/_schemas/IoK8sApiPolicyV1PodDisruptionBudget';

type Validate = {
  (manifest: unknown): boolean;
  readonly errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null;
};

/** By apiVersion and kind. */
const SCHEMAS: Readonly<Record<string, Validate>> = {
  'apps/v1 Deployment': deployment,
  'v1 Service': service,
  'v1 Secret': secret,
  'policy/v1 PodDisruptionBudget': budget,
};

/** What is wrong with a manifest, such as "/spec/replicas type" or "/spec/replica unknown". */
export function findFaults(manifest: object): readonly string[] {
  const { apiVersion, kind } = manifest as Readonly<Record<string, unknown>>;
  const validate = SCHEMAS[`${String(apiVersion)} ${String(kind)}`];
  if (!validate) return [`/ ${String(apiVersion)} ${String(kind)} unknown`];
  const read = new Map<object, Set<PropertyKey>>();
  const isValid = validate(watch(manifest, read));
  const faults = isValid ? [] : (validate.errors ?? []);
  return [
    ...faults.map(({ instancePath, ...rest }) => `${instancePath} ${JSON.stringify(rest)}`),
    ...unread(manifest, read, ''),
  ];
}

/**
 * The schemas allow fields that they do not know, and the API server drops them. Their validators read every field that
 * they know.
 */
function watch(value: unknown, read: Map<object, Set<PropertyKey>>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const names = new Set<PropertyKey>();
  read.set(value, names);
  return new Proxy(value, {
    get(target, name) {
      names.add(name);
      return watch(Reflect.get(target, name), read);
    },
  });
}

function unread(
  value: unknown,
  read: ReadonlyMap<object, ReadonlySet<PropertyKey>>,
  path: string,
): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    Array.isArray(value) || read.get(value)?.has(name)
      ? unread(inner, read, `${path}/${name}`)
      : [`${path}/${name} unknown`],
  );
}
