/**
 * Variables that Kubernetes sets in every pod of a namespace with a Service named `license-mock` or `license-mock-…`.
 * They look like options, but are not: `LICENSE_MOCK_PORT=tcp://10.96.0.7:4010`.
 * Source: https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
 */
const BY_NAME =
  /^LICENSE_MOCK_(?:\w+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_\w+)?|PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)$/;
const PORT = /^(?:LICENSE_MOCK_(?:\w+_)?)?PORT$/;
const ADDRESS = /^(?:tcp|udp|sctp):\/\//;

export function isInjected(variable: string, value: string): boolean {
  return BY_NAME.test(variable) || (PORT.test(variable) && ADDRESS.test(value));
}

/** Their sorted names in the environment. */
export function findInjected(
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  return Object.entries(environment)
    .flatMap(([name, value]) => (value !== undefined && isInjected(name, value) ? [name] : []))
    .toSorted();
}
