import { ACCESS_CHANGES } from "../changes/access";
import { MACHINE_CHANGES } from "../changes/machines";
import { SIGN_IN_CHANGES } from "../changes/sign-in";
import { testChanges } from "../support/changes";

testChanges("exactly the steps of its row are made by a change", [
  ...MACHINE_CHANGES,
  ...ACCESS_CHANGES,
  ...SIGN_IN_CHANGES,
]);
