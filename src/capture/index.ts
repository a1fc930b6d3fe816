export { createFetcher, DEFAULT_USER_AGENT, type FetcherOptions } from './fetcher.js';
export { decodeContent } from './decode.js';
export { parseHttpResponse, type HttpResponse, type StoredFacts } from './stored-response.js';
export { parseAllow, parseResolve } from './address-guard.js';
export { serviceCaller, type CallService, type ServiceAnswer } from './service.js';
