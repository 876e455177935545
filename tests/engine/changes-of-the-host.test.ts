import { BASTION_CHANGES } from "../changes/bastion";
import { ENVIRONMENT_CHANGES } from "../changes/environment";
import { SPOKE_CHANGES } from "../changes/spokes";
import { testChanges } from "../support/changes";

testChanges("exactly the steps of its row are made by a change", [
  ...ENVIRONMENT_CHANGES,
  ...BASTION_CHANGES,
  ...SPOKE_CHANGES,
]);
