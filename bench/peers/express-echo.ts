/** The least that Express can do with a body: what the framework itself costs. */
import express from 'express';

const app = express();
app.use(express.json());
app.use((request, response) => void response.json(request.body ?? {}));
app.listen(Number(process.argv[2]), '127.0.0.1');
