export { makeAuthority, type Authority } from './authority.js';
export { createFetcher, DEFAULT_USER_AGENT, type FetcherOptions } from './fetcher.js';
export { READING_BYTES, decodeContent } from './decode.js';
export { parseHttpResponse, type HttpResponse, type StoredFacts } from './stored-response.js';
export { parseAllow, parseResolve } from './address-guard.js';
export { serviceCaller, type CallService, type ServiceAnswer } from './service.js';
