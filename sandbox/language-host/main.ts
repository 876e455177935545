import { Server, ServerCredentials } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { serviceOf } from "./service";

/**
 * Runs the host as a plugin: the engine gives its own address and reads the port from the first line of standard
 * output. What the program prints goes to the same place, where the engine shows it.
 */
export async function main(engineAddress: string): Promise<void> {
  const server = new Server();
  server.addService(LanguageRuntimeService, serviceOf(engineAddress));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  process.stdout.write(`${port}\n`);
}
