import { readFileSync } from 'node:fs';
import { OpenAPIHono } from '@hono/zod-openapi';
import { ROUTES } from './routes.js';

/** The OpenAPI 3.1 document, made from the route definitions the server answers with. Needs no store. */
export function openApiDocument(): object {
  const api = new OpenAPIHono();
  for (const route of ROUTES) api.openAPIRegistry.registerPath(route);
  return api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'As Posted',
      version: packageVersion(),
      description: 'Public notices as posted. A candidate is not an identification, and no match is no clearance.',
      license: { name: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
  });
}

/** Three levels up from source and compiled code alike. */
function packageVersion(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
