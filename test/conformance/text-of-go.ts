/**
 * A node's text as it can be compared. After "proto:" Go's protobuf writes a space or a no-break space, which one a hash of
 * the program decides, so that nobody relies on its texts. google.golang.org/protobuf: internal/errors/errors.go, detrand.
 */
export function textOfGo(text: string): string {
    return text.replaceAll('proto:\u00a0', 'proto: ');
}
