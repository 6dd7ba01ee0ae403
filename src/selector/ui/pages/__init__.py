"""One page each: TITLE, SECTION, ICON and show(state); the router finds them by file name."""
