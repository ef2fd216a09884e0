/** A font file, imported for its hashed address. */
declare module "*.woff2" {
  const address: string
  export default address
}
