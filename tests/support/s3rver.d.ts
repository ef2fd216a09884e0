declare module "s3rver" {
  export default class S3rver {
    constructor(options: { directory: string; port: number; address: string; silent: boolean })
    run(): Promise<{ address: string; port: number }>
    close(): Promise<void>
  }
}
