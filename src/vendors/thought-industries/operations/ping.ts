/** GET /incoming/v2/ping */
import type { Handler } from '../../vendor.ts';
import type { Config } from '../credentials.ts';

export const ping: Handler<Config> = async () => ({ status: 200, body: { valid: true } });
