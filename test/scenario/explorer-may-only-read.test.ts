import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { measurementContract, measurementCalls } from '../../chaincode/src/measurement/measurement-api';
import { submitCallOf } from '../../chaincode/src/calls/call-api';
import { registrationCalls, registrationContract } from '../../chaincode/src/registration/registration-api';
import { rolesCalls, rolesContract } from '../../chaincode/src/roles/roles-api';
import { connectGateway, type GatewayConnection } from '../../network/client/connect-gateway';
