"use client"

import { useLinkStatus } from "next/link"

/** A line under a link while its page is on its way. Must stand inside the Link. */
export function LinkPending() {
  return useLinkStatus().pending ? <span className="pending" /> : null
}
