/**
 * The static classes of fabric-protos without its package index: the index also parses every .proto file into gRPC
 * services when it is loaded, which costs a process 0.3 s and nothing here uses.
 */
declare module 'fabric-protos/bundle' {
    export * from 'fabric-protos';
}
