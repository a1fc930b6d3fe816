import { readFileSync } from 'node:fs';
import { OpenAPIHono } from '@hono/zod-openapi';
import { LEAST } from '../access/routes.js';
import { ROUTES } from './routes.js';
import { ACCESS_PROBLEMS } from './schemas.js';

/** Each alone is enough; the last, none, holds on loopback as long as there are no accounts. */
const SECURITY = [{ token: [] }, { password: [] }, { session: [] }, {}];

/** The OpenAPI 3.1 document, made from the route definitions the server answers with. Needs no store. */
export function openApiDocument(): object {
  const api = new OpenAPIHono();
  const { openAPIRegistry: registry } = api;
  for (const route of ROUTES) {
    const path = `${route.method.toUpperCase()} /api/v1${route.path.replace(/\{(\w+)\}/g, ':$1')}`;
    const responses = { ...route.responses, ...ACCESS_PROBLEMS };
    registry.registerPath({ ...route, responses, 'x-least-role': LEAST.get(path) });
  }
  registry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'A token of `asposted people token`.',
  });
  registry.registerComponent('securitySchemes', 'password', {
    type: 'http',
    scheme: 'basic',
    description: 'The same token as the password, under any name.',
  });
  registry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-asposted',
    description: 'The session of the pages; `asposted` where the connection is not encrypted.',
  });
  return api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'As Posted',
      version: packageVersion(),
      description: 'Public notices as posted. A candidate is not an identification, and no match is no clearance.',
      license: { name: 'Apache-2.0' },
    },
    security: SECURITY,
    servers: [{ url: '/api/v1' }],
  });
}

/** Three levels up from source and compiled code alike. */
function packageVersion(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
