/** The least that Express can do with a body: what the framework itself costs. */
import { createRequire } from 'node:module';
import type Express from 'express';

// Our own Express: beside the peers lies an older one that they bring.
const require = createRequire(new URL('../../package.json', import.meta.url));
const express = require('express') as typeof Express;

const app = express();
app.use(express.json());
app.use((request, response) => void response.json(request.body ?? {}));
app.listen(Number(process.argv[2]), '127.0.0.1');
