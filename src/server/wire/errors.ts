/** What the client did wrong, in the shape of the services it was written for: `{"detail": "…"}`. */
export class WireError extends Error {
  readonly status: 400 | 404 | 422;

  constructor(status: 400 | 404 | 422, detail: string) {
    super(detail);
    this.status = status;
  }
}
