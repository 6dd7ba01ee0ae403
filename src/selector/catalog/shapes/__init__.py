"""The shapes of the file kinds, as strict models: which keys there are and what they hold."""
