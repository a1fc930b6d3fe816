import type { CaptureResult } from '../../model/index.js';

/** A small capture with what makes writing hard: repeats, chunks, a trailer, a redirect, TLS facts. */
export function sampleCapture(url = 'https://example.org/notice', words = '<p>通知</p>'): CaptureResult {
  const body = new TextEncoder().encode(words);
  const chunked = Buffer.concat([
    Buffer.from(`${body.length.toString(16)};x=1\r\n`),
    body,
    Buffer.from('\r\n0\r\nX-Trailer: 1\r\n\r\n'),
  ]);
  const head =
    'HTTP/1.1 200 OK\r\nset-cookie: a=1\r\nSet-Cookie: b=,,,2\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html; charset=utf-8\r\n\r\n';
  const tls = {
    protocol: 'TLSv1.3',
    cipher: 'TLS_AES_128_GCM_SHA256',
    chain: ['-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'],
  };
  const base = { startedAt: '2024-05-22T03:00:00.000Z', remoteAddress: '203.0.113.7', tls, durationMs: 12 };
  return {
    requestedUrl: url,
    finalUrl: `${url}/final`,
    exchanges: [
      {
        ...base,
        url,
        requestBytes: Buffer.from('GET /notice HTTP/1.1\r\nHost: example.org\r\n\r\n'),
        responseBytes: Buffer.from('HTTP/1.1 302 Found\r\nLocation: /notice/final\r\nContent-Length: 0\r\n\r\n'),
        status: 302,
        headers: [
          ['Location', '/notice/final'],
          ['Content-Length', '0'],
        ],
        body: new Uint8Array(),
      },
      {
        ...base,
        url: `${url}/final`,
        requestBytes: Buffer.from('GET /notice/final HTTP/1.1\r\nHost: example.org\r\n\r\n'),
        responseBytes: Buffer.concat([Buffer.from(head), chunked]),
        interimBytes: Buffer.from('HTTP/1.1 103 Early Hints\r\n\r\n'),
        status: 200,
        headers: [
          ['set-cookie', 'a=1'],
          ['Set-Cookie', 'b=,,,2'],
          ['Transfer-Encoding', 'chunked'],
          ['Content-Type', 'text/html; charset=utf-8'],
        ],
        body,
      },
    ],
  };
}
