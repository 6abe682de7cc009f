/** What someone who starts the mock for the first time sees of the vendor. */
import type { Introduction } from '../vendor.ts';
import type { AliceConfig } from './credentials.ts';

const EXAMPLE = {
  Name: 'Biology grade 9',
  AvailableSeats: 30,
  TargetUserGroupId: 'ea677d34-15bf-4074-97b1-5b9661e2b4d0',
};

/** The example satisfies the default rules; with a scenario's own it may answer what they ask for. */
export function introduce({ credentials }: AliceConfig): Introduction {
  const [first] = credentials;
  return {
    credentials:
      credentials.length === 0
        ? ['none needed']
        : credentials.map(({ header, token }) => `${header}: ${token}`),
    example: {
      method: 'POST',
      path: '/api/licenses/add',
      headers: {
        'Content-Type': 'application/json',
        ...(first && { [first.header]: first.token }),
      },
      body: JSON.stringify(EXAMPLE),
    },
  };
}
