/** Why a peer's lifecycle refuses what it is asked. The sentences are Fabric's own, because tools match them. */
export type LifecycleFault = PackageFault | DefinitionFault;

export type PackageFault =
    | { readonly code: 'PACKAGE_UNREADABLE'; readonly reason: string }
    | { readonly code: 'PACKAGE_NOT_BUILT'; readonly reason: string }
    | { readonly code: 'PACKAGE_INSTALLED'; readonly packageId: string }
    | { readonly code: 'PACKAGE_NOT_INSTALLED'; readonly packageId: string }
    | { readonly code: 'PACKAGE_NOT_KEPT'; readonly packageId: string };

export type DefinitionFault =
    | { readonly code: 'NAMESPACE_NOT_DEFINED'; readonly name: string }
    | { readonly code: 'CHANNEL_NOT_NAMED' }
    | { readonly code: 'DEFINITION_INVALID'; readonly reason: string }
    | { readonly code: 'SEQUENCE_ZERO' }
    | { readonly code: 'SEQUENCE_PAST'; readonly requested: number; readonly current: number }
    | { readonly code: 'SEQUENCE_AHEAD'; readonly requested: number; readonly next: number }
    | { readonly code: 'SEQUENCE_NOT_NEXT'; readonly requested: number; readonly next: number }
    | {
          readonly code: 'DEFINITION_DIFFERS';
          readonly name: string;
          readonly sequence: number;
          readonly difference: string;
      }
    | { readonly code: 'APPROVAL_UNCHANGED'; readonly name: string; readonly sequence: number }
    | {
          readonly code: 'APPROVAL_NOT_FOUND';
          readonly name: string;
          /** As it was asked for; 0 for the latest. */
          readonly sequence: number;
          readonly channelId: string;
      }
    | { readonly code: 'DEFINITION_NOT_AGREED'; readonly mspId: string };

/** The sentence. Fabric v2.5.16: core/chaincode/lifecycle/{scc,lifecycle}.go, core/chaincode/persistence. */
export function describeLifecycleFault(fault: LifecycleFault): string {
    return isOfPackage(fault) ? describePackageFault(fault) : describeDefinitionFault(fault);
}

function isOfPackage(fault: LifecycleFault): fault is PackageFault {
    return fault.code.startsWith('PACKAGE_');
}

function describePackageFault(fault: PackageFault): string {
    switch (fault.code) {
        case 'PACKAGE_UNREADABLE':
            return `could not parse as a chaincode install package: ${fault.reason}`;
        case 'PACKAGE_NOT_BUILT':
            return `could not build chaincode: ${fault.reason}`;
        case 'PACKAGE_INSTALLED':
            return `chaincode already successfully installed (package ID '${fault.packageId}')`;
        case 'PACKAGE_NOT_INSTALLED':
            return `could not find chaincode with package id '${fault.packageId}'`;
        case 'PACKAGE_NOT_KEPT':
            return `could not load cc install package: chaincode install package '${fault.packageId}' not found`;
    }
}

function describeDefinitionFault(fault: DefinitionFault): string {
    switch (fault.code) {
        case 'NAMESPACE_NOT_DEFINED':
            return `namespace ${fault.name} is not defined`;
        case 'CHANNEL_NOT_NAMED':
            return "could not get channelconfig for channel ''";
        case 'DEFINITION_INVALID':
            return `error validating chaincode definition: ${fault.reason}`;
        case 'SEQUENCE_ZERO':
            return 'requested sequence is 0, but first definable sequence number is 1';
        case 'SEQUENCE_PAST':
            return `currently defined sequence ${fault.current} is larger than requested sequence ${fault.requested}`;
        case 'SEQUENCE_AHEAD':
            return `requested sequence ${fault.requested} is larger than the next available sequence number ${fault.next}`;
        case 'SEQUENCE_NOT_NEXT':
            return `requested sequence is ${fault.requested}, but new definition must be sequence ${fault.next}`;
        case 'DEFINITION_DIFFERS':
            return (
                `attempted to redefine the current committed sequence (${fault.sequence}) for namespace ` +
                `${fault.name} with different parameters: ${fault.difference}`
            );
        case 'APPROVAL_UNCHANGED':
            return (
                `attempted to redefine uncommitted sequence (${fault.sequence}) for namespace ${fault.name} ` +
                'with unchanged content'
            );
        case 'APPROVAL_NOT_FOUND':
            return (
                `could not fetch approved chaincode definition (name: '${fault.name}', ` +
                `sequence: '${fault.sequence}') on channel '${fault.channelId}'`
            );
        case 'DEFINITION_NOT_AGREED':
            return `chaincode definition not agreed to by this org (${fault.mspId})`;
    }
}

export class LifecycleError extends Error {
    readonly fault: LifecycleFault;

    constructor(fault: LifecycleFault, options?: ErrorOptions) {
        super(describeLifecycleFault(fault), options);
        this.name = LifecycleError.name;
        this.fault = fault;
    }
}
