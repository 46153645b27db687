/** What the HTTP host offers to the adapters that hang their routes on it. */
import type { FastifyBaseLogger, FastifyInstance, preHandlerAsyncHookHandler } from "fastify";
import type { HttpLimits } from "./limits.ts";
import type { EventStreams } from "./sse.ts";

export interface HttpHostOptions {
  /** Address to listen on, `127.0.0.1` by default of the product. */
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  readonly logger: FastifyBaseLogger;
  /** `null`: pages and admin calls answer to this machine only. */
  readonly adminToken: string | null;
  /** Where the world reaches this host, if it does. */
  readonly publicUrl: string | null;
  /** Why the service can't work now; empty = ready. */
  readonly ready: () => readonly string[] | Promise<readonly string[]>;
  /** Prometheus text. */
  readonly metrics: () => Promise<string>;
  /** Called as each request begins. */
  readonly onRequest?: () => void;
  /** Epoch ms; the machine's clock when left out. */
  readonly now?: () => number;
  readonly limits?: Partial<HttpLimits>;
}

/** Checks to put before a route. */
export interface AdminGuard {
  /** For pages: who may log in is led to the form. */
  readonly page: preHandlerAsyncHookHandler;
  /** For calls: refusals are JSON. */
  readonly api: preHandlerAsyncHookHandler;
  /** For scripts and styles: as pages, but open to everyone once there is a token, for the login form needs them. */
  readonly assets: preHandlerAsyncHookHandler;
}

export interface HttpHost {
  readonly app: FastifyInstance;
  readonly guard: AdminGuard;
  readonly streams: EventStreams;
  /** @returns the address it listens on, such as `http://127.0.0.1:3000` */
  listen(): Promise<string>;
  /** Ends streams, takes nothing new, waits for requests under way. */
  close(): Promise<void>;
}
