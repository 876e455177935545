import { disturb } from "./disturbance";
import { answering } from "./own-process";

answering(disturb);
