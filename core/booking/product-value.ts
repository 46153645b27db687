/** A product as a booking knows it: one of the customer's own, or a sort of product. */
export interface ProductValue {
  readonly id: string;
  readonly owned: string | null;
  /** Plate or serial told in this booking. */
  readonly plate?: string | null;
  readonly serial?: string | null;
}
