export { makeAuthority, type Authority } from './authority.js';
export { createFetcher, DEFAULT_USER_AGENT, type FetcherOptions } from './fetcher.js';
export { decodeContent, parseHttpResponse, type HttpResponse } from './decode.js';
export { parseAllow, parseResolve } from './address-guard.js';
export { serviceCaller, type CallService, type ServiceAnswer } from './service.js';
