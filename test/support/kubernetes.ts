/** Checks manifests against the schemas of Kubernetes. */

type Validate = {
  (manifest: unknown): boolean;
  readonly errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null;
};

/** By apiVersion and kind, the schema's name in the package. */
const SCHEMAS: Readonly<Record<string, string>> = {
  'apps/v1 Deployment': 'AppsV1Deployment',
  'v1 Service': 'CoreV1Service',
  'v1 Secret': 'CoreV1Secret',
  'policy/v1 PodDisruptionBudget': 'PolicyV1PodDisruptionBudget',
};

/** What is wrong with a manifest, such as "/spec/replicas type" or "/spec/replica unknown". */
export async function findFaults(manifest: object): Promise<readonly string[]> {
  const { apiVersion, kind } = manifest as Readonly<Record<string, unknown>>;
  const schema = SCHEMAS[`${String(apiVersion)} ${String(kind)}`];
  if (schema === undefined) return [`/ ${String(apiVersion)} ${String(kind)} unknown`];
  const { validate } = (await import(`kubernetes-models/_schemas/IoK8sApi${schema}`)) as {
    validate: Validate;
  };
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
