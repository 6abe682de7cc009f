import { expect, it } from 'vitest';
import { findInjected } from './injected-variables.ts';

/** What Kubernetes sets for the Services `license-mock` and `license-mock-data`. */
const injected = {
  LICENSE_MOCK_SERVICE_HOST: '10.96.0.7',
  LICENSE_MOCK_SERVICE_PORT: '4010',
  LICENSE_MOCK_SERVICE_PORT_HTTP: '4010',
  LICENSE_MOCK_PORT: 'tcp://10.96.0.7:4010',
  LICENSE_MOCK_PORT_4010_TCP: 'tcp://10.96.0.7:4010',
  LICENSE_MOCK_PORT_4010_TCP_PROTO: 'tcp',
  LICENSE_MOCK_PORT_4010_TCP_PORT: '4010',
  LICENSE_MOCK_PORT_4010_TCP_ADDR: '10.96.0.7',
  LICENSE_MOCK_PORT_53_UDP: 'udp://10.96.0.7:53',
  LICENSE_MOCK_DATA_SERVICE_HOST: '10.96.0.8',
  LICENSE_MOCK_DATA_PORT: 'udp://10.96.0.8:53',
};

it('finds what Kubernetes sets for a Service, and nothing else', () => {
  const others = {
    LICENSE_MOCK_HOST: '0.0.0.0',
    LICENSE_MOCK_DATA: '/data',
    LICENSE_MOCK_PROVIDER_URL: 'tcp://vendor',
    OTHER_PORT: 'tcp://10.96.0.9:80',
    OTHER_SERVICE_HOST: '10.96.0.9',
  };
  expect(findInjected({ ...injected, ...others })).toEqual(Object.keys(injected).toSorted());
});

it.each(['4010', 'x', 'http://10.96.0.7:4010', ''])(
  'takes a port of "%s" for an option',
  (port) => {
    expect(findInjected({ LICENSE_MOCK_PORT: port })).toEqual([]);
  },
);
