// The image's health check. The server writes its URL to this file, whatever port and scheme it was told to use.
import { readFileSync } from 'node:fs';

// The mock's certificate is for the name that its clients use, not for this address.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
const url = readFileSync(process.env.LICENSE_MOCK_ADDRESS_FILE, 'utf8').trim();
const answer = await fetch(`${url}/_mock/health`);
process.exit(answer.ok ? 0 : 1);
