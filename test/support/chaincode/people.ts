import type { TestGrid } from './test-grid';
import { newTerminalIdentity, newTestIdentity, type TestIdentity } from './test-identity';

/** Who may call: every role, held and not, a terminal, and somebody without any. */
export const people = [
    'operator',
    'foreign operator',
    'operator whose organisation may not hold the role',
    'dispatcher',
    'supervisor',
    'supervisor whose organisation may not hold the role',
    'terminal',
    'unregistered terminal',
    'admin',
    'reader',
] as const;
export type Person = (typeof people)[number];

/** An identity of each. TTU-77 is registered for the purpose. */
export async function gatherPeople(grid: TestGrid): Promise<Readonly<Record<Person, TestIdentity>>> {
    const ofRole = (role: string, mspId = 'DispatchMSP'): Promise<TestIdentity> =>
        newTestIdentity({ name: `a ${role}`, attributes: { role }, mspId });
    return {
        operator: grid.operator,
        'foreign operator': grid.foreignOperator,
        'operator whose organisation may not hold the role': await ofRole('operator', 'StrangerMSP'),
        dispatcher: await ofRole('dispatcher'),
        supervisor: await ofRole('supervisor'),
        'supervisor whose organisation may not hold the role': await ofRole('supervisor', 'PrimaryMSP'),
        terminal: await grid.register('TTU-77'),
        'unregistered terminal': await newTerminalIdentity('TTU-78'),
        admin: grid.admin,
        reader: grid.reader,
    };
}
