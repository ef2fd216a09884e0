/** A page that fails, to look at the error page. */
export default function BrokenGalleryPage(): never {
  throw new Error("This page fails on purpose")
}
