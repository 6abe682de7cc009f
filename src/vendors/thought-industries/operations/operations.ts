/** The handlers by operation id. */
import type { Handler } from '../../vendor.ts';
import type { Config } from '../credentials.ts';
import { bulkClientLicenseAssignment } from './bulk-client-license-assignment.ts';
import { createClient } from './create-client.ts';
import { createLicense } from './create-license.ts';
import { createRedemptionCodes } from './create-redemption-codes.ts';
import { createUser } from './create-user.ts';
import { deleteLicense } from './delete-license.ts';
import { getClient } from './get-client.ts';
import { getRedemptionCodes } from './get-redemption-codes.ts';
import { getUser } from './get-user.ts';
import { listClientLicenses } from './list-client-licenses.ts';
import { listClients } from './list-clients.ts';
import { listRedemptionCodes } from './list-redemption-codes.ts';
import { listUsers } from './list-users.ts';
import { ping } from './ping.ts';
import { updateClientAccess } from './update-client-access.ts';
import { updateClientSettings } from './update-client-settings.ts';
import { updateClientStatus } from './update-client-status.ts';
import { updateLicense } from './update-license.ts';
import { updateUser } from './update-user.ts';
import { updateUserStatus } from './update-user-status.ts';

export const handlers: Readonly<Record<string, Handler<Config>>> = {
  bulkClientLicenseAssignment,
  createClient,
  createLicense,
  createRedemptionCodes,
  createUser,
  deleteLicense,
  getClient,
  getRedemptionCodes,
  getUser,
  listClientLicenses,
  listClients,
  listRedemptionCodes,
  listUsers,
  ping,
  updateClientAccess,
  updateClientSettings,
  updateClientStatus,
  updateLicense,
  updateUser,
  updateUserStatus,
};
