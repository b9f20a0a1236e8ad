import type { InvitationPreview } from '../../lib/api-types.ts';

/** An invitation as whoever holds its link sees it. */
export interface OfferProps {
  token: string;
  preview: InvitationPreview;
}
