"""What each command of the engine prints, one module each, on what `cli_output` shares."""
