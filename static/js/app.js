// The one entry: elements, and what every page needs after a boosted navigation.

import "./elements/audio-player.js";
import "./elements/job-progress.js";
import "./elements/play-button.js";
import "./elements/theme-toggle.js";
import "./elements/upload-drop.js";
import "./elements/wave-form.js";
import "./lib/dialogs.js";
import "./lib/navigation.js";
