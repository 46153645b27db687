/** Shapes of the emulator: what tests hold in their hands. */
import type { JsonObject } from "./limits.ts";
import type { Shown } from "./shown.ts";
import type { Workspace } from "./workspace.ts";

/** One call of the Web API as it came. */
export interface Call {
  readonly method: string;
  readonly args: JsonObject;
  readonly token: string;
}

/** How a call of the Web API goes wrong. */
export type Fault =
  | { readonly kind: "limited"; readonly seconds: number | null }
  | { readonly kind: "error"; readonly error: string }
  | { readonly kind: "http"; readonly status: number }
  /** The connection is closed with nothing done. */
  | { readonly kind: "reset" }
  /** Done, and then the connection is closed without an answer. */
  | { readonly kind: "reset_after" }
  /** Done, and never answered: the caller has to give up. */
  | { readonly kind: "silent_after" }
  /** All goes well, and takes so long. */
  | { readonly kind: "slow"; readonly ms: number };

export interface SlackFaults {
  /** The next calls of the method go wrong, one fault each, in order; `null` = that one goes well. */
  next(method: string, ...faults: readonly (Fault | null)[]): void;
  /** Every call of the method goes wrong until `null`; `*` = of every method. */
  always(method: string, fault: Fault | null): void;
  /** Every delivery is made this many times. */
  duplicates: number;
  /** Deliveries wait while true, and come in reverse order afterwards. */
  hold(): void;
  release(): Promise<void>;
  /** The bot token is no longer taken; gives the new one. */
  expireToken(): string;
  withoutScope(...scopes: readonly string[]): void;
  messagesTab: boolean;
  /** Deliveries carry a clock that is this much ahead of ours, ms. */
  clockAhead: number;
}

export interface DeliveryAnswer {
  readonly status: number;
  readonly body: string;
}

export interface SlackEmulatorOptions {
  readonly port?: number;
  readonly host?: string;
  readonly clock?: { now(): number };
  readonly botToken?: string;
  readonly appToken?: string;
  readonly signingSecret?: string;
  /** Id of the staff channel. */
  readonly staffChannel?: string;
  /** How long an acknowledgement may take over a socket, ms; Slack's own three seconds when left out. */
  readonly ackMs?: number;
  /** Pauses before an event is delivered again, ms; none when left out. Slack's own are none, a minute, five minutes. */
  readonly retryPausesMs?: readonly number[];
}

export interface SlackEmulator {
  /** Root for `SLACK_API_URL`. */
  readonly url: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly staffChannel: string;
  /** The Request URL of the app: where deliveries go while no socket is open. */
  requestUrl: string | null;
  readonly workspace: Workspace;
  readonly faults: SlackFaults;
  /** Calls of the Web API in order, with their arguments. */
  readonly calls: readonly Call[];
  customer(id: string, options?: { readonly name?: string; readonly locale?: string }): SlackPerson;
  staff(id: string, options?: { readonly name?: string; readonly locale?: string }): SlackPerson;
  /** Sends one payload to the app as Slack does, events again when they fail. */
  deliver(kind: "event" | "interactive" | "command", body: JsonObject): Promise<DeliveryAnswer>;
  /** How many calls were refused because they came faster than Slack allows. */
  limited(): number;
  /** Every event that was delivered, with the best answer it got; 0 = none came. */
  readonly delivered: readonly { readonly event: JsonObject; readonly status: number }[];
  /** Open sockets of the app. */
  readonly sockets: number;
  /** Recycles the connections as Slack does every few hours. */
  recycleSockets(): void;
  cutSockets(): void;
  /** Resolves when `check` holds; it is looked at again after every change. */
  until(check: () => boolean): Promise<void>;
  close(): Promise<void>;
}

export interface SayOptions {
  /** Another channel than the person's own. */
  readonly channel?: string;
  readonly thread?: string;
  readonly files?: readonly { readonly name: string; readonly mime: string; readonly bytes?: Buffer }[];
  /** In a channel: the bot is called by name, and the message comes as two events. */
  readonly mention?: boolean;
}

/** A form, field by field with what stands in it. */
export interface Form {
  readonly title: string;
  readonly fields: readonly {
    readonly id: string;
    readonly label: string;
    /** None: it is typed. */
    readonly options: readonly { readonly value: string; readonly label: string }[];
    readonly value: string;
  }[];
}

export interface SlackPerson {
  readonly id: string;
  /** The direct message channel, or the staff channel. */
  readonly channel: string;
  /** @returns timestamp of the message */
  say(text: string, options?: SayOptions): Promise<string>;
  photo(caption?: string): Promise<string>;
  voice(): Promise<string>;
  edit(ts: string, text: string): Promise<void>;
  /** Presses the newest button of that label, or chooses it in a list or menu. */
  press(
    label: string,
    options?: { readonly channel?: string; readonly home?: boolean; readonly as?: string; readonly within?: string },
  ): Promise<DeliveryAnswer>;
  openHome(tab?: "home" | "messages"): Promise<void>;
  shortcut(name: string, options?: { readonly message?: string }): Promise<DeliveryAnswer>;
  command(text: string, channel?: string): Promise<DeliveryAnswer>;
  /** Fills in and sends the open form; `errors` by field when it stays open. */
  submit(
    values: Readonly<Record<string, string>>,
  ): Promise<{ readonly closed: boolean; readonly errors: Readonly<Record<string, string>> }>;
  /** Title and fields of the open form, or `null`. */
  modal(): { readonly title: string; readonly fields: readonly string[]; readonly filled: Readonly<Record<string, string>> } | null;
  /** The open form with what its fields are called and offer, or `null`. */
  form(): Form | null;
  /** Words and labels of the App Home, or `null`. */
  home(): { readonly text: string; readonly buttons: readonly string[] } | null;
  /** Messages of the bot, oldest first. */
  seen(channel?: string): readonly Shown[];
  /** Words that only this person was shown. */
  whispers(channel?: string): readonly string[];
}
